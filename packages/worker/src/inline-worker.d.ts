/**
 * The whole worker as the text of one classic script without imports. Written
 * by `build.mjs`, since only a bundler can make it.
 */
export const INLINE_WORKER: string;
