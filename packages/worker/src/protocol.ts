import type { Trace } from "@synfin/simulator";
import type { BulkFrame, BulkSummary, BulkTransfer, LoadRequest } from "@synfin/simulator/bulk";

/**
 * What crosses the boundary, and nothing else: types only, so that both sides
 * can import it without bringing the other side's code along.
 */

/** The first message of a worker that works: it has loaded, and this is its version. */
export interface ReadyMessage {
  readonly synfin: "ready";
  readonly version: string;
}

/** One connection of a crowd, see `SampleOptions.nth`. */
export interface SampleRequest extends LoadRequest {
  /** Counted from 1, in the order in which they are opened. */
  readonly nth: number;
}

/** How far the run has come that a connection is looked for in. */
export interface SampleProgress {
  /** Connections of its cell that have been opened. */
  readonly opened: number;
  readonly atUs: number;
}

/** What came of a run: for one who shows it, and all of it, for one who takes it along. */
export interface LoadOutcome {
  readonly summary: BulkSummary;
  readonly whole: BulkTransfer;
}

/** The number of a run within its service. */
export type RunId = number;

/** The service as it stands on the side that computes. */
export interface SimulationService {
  /** Answers, which shows that there is still someone. */
  ping(): void;
  /**
   * Starts a crowd, which ends one that was still running. Throws a
   * RangeError that names the parameter, the bad value and the bound if the
   * request cannot be run.
   */
  startLoad(request: LoadRequest): RunId;
  /**
   * The next frame: at once if the run has moved since the last one, or when
   * it does. One at a time: the page asks again when it has drawn.
   */
  nextFrame(run: RunId): Promise<FrameReply>;
  pauseLoad(run: RunId): void;
  resumeLoad(run: RunId): void;
  cancelLoad(run: RunId): void;
  /** Looks for one connection; like a crowd, it ends a run that was still under way. */
  startSample(request: SampleRequest): RunId;
  /** How far that has come, or the connection's trace; one question at a time. */
  nextSample(run: RunId): Promise<SampleReply>;
}

/** An answer to `nextFrame`. After any but `frame` the run is over. */
export type FrameReply = Reply<BulkFrame, LoadOutcome>;

/** An answer to `nextSample`. */
export type SampleReply = Reply<SampleProgress, Trace>;

/** An answer of a run that shows such frames and comes to such a result. */
export type Reply<Frame, Result> =
  | { readonly kind: "frame"; readonly frame: Frame; readonly busyMs: number }
  | {
      readonly kind: "done";
      readonly frame: Frame;
      readonly busyMs: number;
      readonly result: Result;
    }
  | { readonly kind: "cancelled" }
  | { readonly kind: "superseded" };
