/** For `fc.oneof`: the first alternative is the plainest, and what to shrink to. */
export const SHRINK_TO_FIRST = { withCrossShrink: true } as const;
