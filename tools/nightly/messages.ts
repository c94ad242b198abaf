import type { CoverageCounts } from "@synfin/properties";

/** What a worker of the nightly command is to do. */
export interface NightlyTask {
  /** fast-check's seed of the first batch; an integer. */
  readonly seed: number;
  /** From one batch to the next the seed grows by so much: the number of workers. */
  readonly step: number;
  /** fast-check's path to one case, to play that one alone. */
  readonly path?: string;
  /** How many runs all workers together are to play; until it is told to stop by default. */
  readonly runs?: number;
  /** The seed of the first batch of all workers. */
  readonly first: number;
}

/** What a worker says after each batch. */
export interface NightlyReport {
  readonly counts: CoverageCounts;
  /** How often each premise was met, by `law: premise`. */
  readonly premises: Readonly<Record<string, number>>;
  /** How many runs were a storm of acknowledgments, and judged by no law. */
  readonly skipped: number;
  /** Why a law is broken, with the ladder and the command that plays it again. */
  readonly failure?: string;
}
