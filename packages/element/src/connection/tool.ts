/** What a reader can do to a segment; `inspect` only looks at it. */
export const TOOLS = ["drop", "delay", "duplicate", "inspect"] as const;
export type Tool = (typeof TOOLS)[number];
