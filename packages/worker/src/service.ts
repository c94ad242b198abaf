import type { Trace } from "@synfin/simulator";
import type { LoadRequest } from "@synfin/simulator/bulk";
import type { LoadRun } from "./load-run.ts";
import type {
  FrameReply,
  RunId,
  SampleProgress,
  SampleReply,
  SampleRequest,
  SimulationService,
} from "./protocol.ts";
import { RunLoop, type Running, type Thread } from "./run-loop.ts";

/** The parts of the simulator that the service stands on; a test may bring its own. */
export interface Engine {
  /** Throws a RangeError for what cannot be run. */
  readonly createLoad: (request: LoadRequest) => LoadRun;
  readonly createSample: (request: SampleRequest) => Running<SampleProgress, Trace>;
}

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
  let current: { readonly id: RunId; readonly loop: RunLoop<unknown, unknown> } | undefined;
  let started = 0;
  const start = (run: Running<unknown, unknown>): RunId => {
    current?.loop.end("superseded");
    started += 1;
    current = { id: started, loop: new RunLoop(run, thread) };
    return started;
  };
  const loopOf = (id: RunId): RunLoop<unknown, unknown> | undefined =>
    current?.id === id ? current.loop : undefined;
  const next = async (id: RunId): Promise<unknown> =>
    (await loopOf(id)?.next()) ?? { kind: "superseded" };

  return {
    ping: () => {},
    startLoad: (request) => start(engine.createLoad(request)),
    nextFrame: (id) => next(id) as Promise<FrameReply>,
    pauseLoad: (id) => loopOf(id)?.pause(),
    resumeLoad: (id) => loopOf(id)?.resume(),
    cancelLoad: (id) => loopOf(id)?.end("cancelled"),
    startSample: (request) => start(engine.createSample(request)),
    nextSample: (id) => next(id) as Promise<SampleReply>,
    stop: () => current?.loop.end("cancelled"),
  };
}
