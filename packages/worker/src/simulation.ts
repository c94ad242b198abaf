import type { Trace } from "@synfin/simulator";
import type { LoadRequest } from "@synfin/simulator/bulk";
import { releaseProxy, wrap } from "comlink";
import type { Backend, FailedWay, Far } from "./backends.ts";
import { createLifeline, type Lifeline } from "./lifeline.ts";
import type {
  FrameReply,
  RunId,
  SampleProgress,
  SampleRequest,
  SimulationService,
} from "./protocol.ts";
import type { Remote as RemoteOf } from "./remote.ts";

/** A simulation that runs elsewhere, or here in slices; see `openSimulation`. */
export interface Simulation {
  /** The way it runs. */
  readonly backend: Backend;
  /** The ways that were tried before and did not work, with the reasons. */
  readonly failed: readonly FailedWay[];
  /**
   * One connection of a crowd, with all that happened to it; a crowd that was still
   * running is superseded. Rejects for a bad request, and where there is no such
   * connection. `told` hears how far it has come.
   */
  sample(request: SampleRequest, told?: (progress: SampleProgress) => void): Promise<Trace>;
  /** Starts a crowd; one that was still running is superseded. Rejects for a bad request. */
  load(request: LoadRequest): Promise<LoadSession>;
  /** Ends everything and the worker with it. What is still awaited rejects. */
  close(): void;
}

/** One crowd under way. */
export interface LoadSession {
  /** The next frame, or the end; ask again when it has been drawn. */
  next(): Promise<FrameReply>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  cancel(): Promise<void>;
}

type Remote = RemoteOf<SimulationService>;

/**
 * Comlink lets go of an endpoint whose proxy is collected, also during an
 * await, which then hangs for ever. So proxies are held here until `close`.
 */
const pinned: Set<Remote> = new Set();

/** How long a far end may leave a question unanswered: far longer than any of its slices. */
const SILENCE_MS = 10_000;

/**
 * Talks to a far end that has said `ready`. One that does not answer for
 * `silenceMs` counts as failed: a worker that the browser has ended says nothing.
 */
export function connectTo(
  far: Far,
  backend: Backend,
  failed: readonly FailedWay[],
  silenceMs: number = SILENCE_MS,
): Simulation {
  const remote = wrap<SimulationService>(far.endpoint) as unknown as Remote;
  pinned.add(remote);
  const lifeline = createLifeline();
  const fail = (reason: string): void => lifeline.cut(new Error(`The worker failed: ${reason}`));
  far.onFailure(fail);
  const unwatch = watchPulse(remote, silenceMs, fail);
  return {
    backend,
    failed,
    sample: (request, told) => lifeline.during(() => sampleOf(remote, request, told)),
    load: async (request) =>
      session(remote, await lifeline.during(() => remote.startLoad(request)), lifeline),
    close() {
      if (!pinned.delete(remote)) return;
      unwatch();
      lifeline.cut(new Error("The simulation was closed"));
      remote[releaseProxy]();
      far.close();
    },
  };
}

async function sampleOf(
  remote: Remote,
  request: SampleRequest,
  told: (progress: SampleProgress) => void = () => {},
): Promise<Trace> {
  const id = await remote.startSample(request);
  for (;;) {
    const reply = await remote.nextSample(id);
    if (reply.kind === "done") return reply.result;
    if (reply.kind !== "frame") throw new Error(`The search for the connection was ${reply.kind}`);
    told(reply.frame);
  }
}

function session(remote: Remote, id: RunId, lifeline: Lifeline): LoadSession {
  return {
    next: () => lifeline.during(() => remote.nextFrame(id)),
    pause: () => lifeline.during(() => remote.pauseLoad(id)),
    resume: () => lifeline.during(() => remote.resumeLoad(id)),
    cancel: () => lifeline.during(() => remote.cancelLoad(id)),
  };
}

/** Questions that go unanswered before a far end is given up. */
const TICKS = 10;

/**
 * Asks again and again whether there is still someone. Counted in questions
 * and not by the clock: a page that was frozen for an hour has asked none.
 */
function watchPulse(remote: Remote, silenceMs: number, fail: (reason: string) => void): () => void {
  let unanswered = 0;
  const timer = setInterval(() => {
    if (unanswered >= TICKS) {
      clearInterval(timer);
      fail(`no answer for ${silenceMs / 1000} s`);
      return;
    }
    unanswered += 1;
    void remote.ping().then(() => {
      unanswered = 0;
    });
  }, silenceMs / TICKS);
  return () => clearInterval(timer);
}
