import type { CellSpec } from "./spec.ts";

/** What a scenario comes to once its parameters are chosen: cells, and when to look and stop. */
export interface BulkPlan {
  /** How many cells there are; fixed by the scenario, so that shards cannot change the run. */
  readonly cells: number;
  /** Makes one of them. Called in whichever shard runs it. */
  readonly cell: (index: number) => CellSpec;
  /** The names of the hosts, the same and in the same order in every cell. */
  readonly hosts: readonly string[];
  /** The run ends here even if more could happen; `Infinity` lets it come to its end. */
  readonly untilUs: number;
  /** The distance between two rows of the census. */
  readonly sampleUs: number;
  /** How many connections it will open, if that is known; for progress. */
  readonly connections?: number;
}
