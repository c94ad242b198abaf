import type { BulkTransfer, Choice } from "@synfin/simulator/bulk";
import type { Reply, RunId } from "../protocol.ts";

/** One shard of one replication of a load scenario. */
export interface BulkRequest {
  readonly scenario: string;
  readonly choice: Choice;
  readonly seed: number;
  readonly replication: number;
  readonly shard: { readonly index: number; readonly count: number };
}

/** How far a shard has got. */
export interface BulkProgress {
  readonly opened: number;
  readonly virtualUs: number;
  /** How much of it is done, from 0 to 1; undefined where nobody can tell. */
  readonly share: number | undefined;
}

export type BulkReply = Reply<BulkProgress, BulkTransfer>;

/** Runs of load scenarios, as they stand on the side that computes. One at a time. */
export interface BulkService {
  /** Starts a run, which ends one that was still running. Throws for settings that cannot be. */
  startBulk(request: BulkRequest): RunId;
  /** How far it has got, or its end; one question at a time. */
  nextBulk(run: RunId): Promise<BulkReply>;
  /** Ends the run. @returns what there is so far; undefined if it is not the run under way */
  stopBulk(run: RunId): BulkTransfer | undefined;
}
