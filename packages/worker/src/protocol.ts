import type { Scenario, Trace } from "@synfin/simulator";
import type { BulkFrame, BulkSummary, LoadRequest } from "@synfin/simulator/bulk";

/**
 * What crosses the boundary, and nothing else: types only, so that both sides
 * can import it without bringing the other side's code along.
 */

/** The first message of a worker that works: it has loaded, and this is its version. */
export interface ReadyMessage {
  readonly synfin: "ready";
  readonly version: string;
}

/** One connection to trace, see `traceScenario`. */
export interface TraceRequest {
  /** The whole scenario: the list of those that ship stays on the page, out of the worker. */
  readonly scenario: Scenario;
  readonly seed?: number;
  /** In the fault grammar: `drop:client:FIN`. */
  readonly faults?: readonly string[];
}

/** The number of a run within its service. */
export type RunId = number;

/** The service as it stands on the side that computes. */
export interface SimulationService {
  trace(request: TraceRequest): Trace;
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
}

/** An answer to `nextFrame`. After any but `frame` the run is over. */
export type FrameReply = Reply<BulkFrame, BulkSummary>;

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
