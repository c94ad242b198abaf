/** What one test has met, for the table at the end of a run (`table.mjs`). */
export interface Meeting {
  /** Octets of text that have passed our stack, in both directions, each counted once. */
  readonly bytes: number;
  /** Segments sent again, by our stack and by the kernel. */
  readonly weSentAgain: number;
  readonly kernelSentAgain: number;
  /** The states of both ends, `ours/the kernel's`, each time they were compared. */
  readonly steps: readonly string[];
}

declare module "vitest" {
  interface TaskMeta {
    meeting?: Meeting;
  }
}
