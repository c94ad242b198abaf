import type { Trace } from "@synfin/simulator";
import type { BulkFrame, BulkSummary, LoadRequest } from "@synfin/simulator/bulk";
import type { LoadRun } from "./load-run.ts";
import type { FrameReply, RunId, SimulationService, TraceRequest } from "./protocol.ts";
import { RunLoop, type Thread } from "./run-loop.ts";

/** The parts of the simulator that the service stands on; a test may bring its own. */
export interface Engine {
  readonly trace: (request: TraceRequest) => Trace;
  /** Throws a RangeError for what cannot be run. */
  readonly createLoad: (request: LoadRequest) => LoadRun;
}

type CrowdLoop = RunLoop<BulkFrame, BulkSummary>;

/** A service and the way to end what it has under way. */
export interface Service extends SimulationService {
  /** Ends the run under way, for whoever takes the thread down. */
  stop(): void;
}

/**
 * The simulation as a service, without any worker: the same object answers
 * behind Comlink in a worker, on the page's own thread, and in a test.
 */
export function createService(engine: Engine, thread: Thread): Service {
  let current: { readonly id: RunId; readonly loop: CrowdLoop } | undefined;
  let started = 0;
  const loopOf = (id: RunId): CrowdLoop | undefined =>
    current?.id === id ? current.loop : undefined;

  return {
    trace: (request) => engine.trace(request),
    ping: () => {},
    startLoad(request) {
      const run = engine.createLoad(request);
      current?.loop.end("superseded");
      started += 1;
      current = { id: started, loop: new RunLoop(run, thread) };
      return started;
    },
    nextFrame: (id) => loopOf(id)?.next() ?? Promise.resolve<FrameReply>({ kind: "superseded" }),
    pauseLoad: (id) => loopOf(id)?.pause(),
    resumeLoad: (id) => loopOf(id)?.resume(),
    cancelLoad: (id) => loopOf(id)?.end("cancelled"),
    stop: () => current?.loop.end("cancelled"),
  };
}
