import {
  type BulkFrame,
  type BulkSummary,
  type CensusRow,
  frameCensus,
  frameField,
  frameRows,
} from "@synfin/simulator/bulk";
import {
  type Backend,
  type FrameReply,
  type LoadOutcome,
  type LoadSession,
  type OpenOptions,
  openSimulation,
  type Simulation,
} from "@synfin/worker";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Intent } from "./intent.ts";
import { lastOf } from "./last-of.ts";

/** Where a run stands. Only `starting`, `running` and `paused` have a simulation open. */
export type LoadPhase =
  | "idle"
  | "starting"
  | "running"
  | "paused"
  | "done"
  | "cancelled"
  | "failed";

/** What there is to show of a run. */
export interface LoadView {
  readonly phase: LoadPhase;
  /** What was asked for, and what theory says about it. */
  readonly intent: Intent | undefined;
  readonly backend: Backend | undefined;
  readonly frame: BulkFrame | undefined;
  /** The counts at the time of the frame. */
  readonly now: CensusRow | undefined;
  /** Counts over virtual time so far, at even distances. */
  readonly census: readonly CensusRow[];
  /** Time spent computing the run that is shown, in milliseconds of the wall's clock. */
  readonly busyMs: number;
  /** What came of the run that is shown; further ones may still be under way. */
  readonly result: BulkSummary | undefined;
  /** The runs that are over: the one that is shown, and those made for an interval. */
  readonly runs: readonly LoadOutcome[];
  /** How much of all runs together is done, from 0 to 1. */
  readonly progress: number;
  /** Milliseconds that the rest will take, if it goes on like this, as far as that is known. */
  readonly restMs: number | undefined;
  readonly error: string | undefined;
}

/** Before any run. */
export const IDLE: LoadView = {
  phase: "idle",
  intent: undefined,
  backend: undefined,
  frame: undefined,
  now: undefined,
  census: [],
  busyMs: 0,
  result: undefined,
  runs: [],
  progress: 0,
  restMs: undefined,
  error: undefined,
};

/**
 * Runs crowds for an element: opens a simulation for each run, draws a frame
 * only when the last one is on the screen, and closes the simulation, and any
 * worker with it, when the run is over in whatever way.
 */
export class LoadController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #ended: (view: LoadView) => void;
  #view: LoadView = IDLE;
  #simulation: Simulation | undefined;
  #session: LoadSession | undefined;
  /** Counts the runs; a run whose number is no longer this one has been superseded. */
  #run = 0;
  /** Time that this run and those before it have taken, in milliseconds. */
  #workedMs = 0;

  constructor(host: ReactiveControllerHost & HTMLElement, ended: (view: LoadView) => void) {
    this.#host = host;
    this.#ended = ended;
    host.addController(this);
  }

  get view(): LoadView {
    return this.#view;
  }

  get active(): boolean {
    return isActive(this.#view);
  }

  /**
   * Starts a run, and after it the further ones that an interval takes; one that was
   * under way is over. Resolves when all have ended.
   */
  run(intent: Intent, options: OpenOptions, replications: number): Promise<void> {
    this.#workedMs = 0;
    return this.#go({ ...IDLE, phase: "starting", intent }, intent, options, replications);
  }

  /** Further runs after the one that is shown, until there are so many. */
  more(options: OpenOptions, replications: number): Promise<void> {
    const { intent, runs } = this.#view;
    if (intent === undefined || this.active || runs.length === 0) return Promise.resolve();
    return this.#go({ ...this.#view, phase: "starting" }, intent, options, replications);
  }

  async #go(
    view: LoadView,
    intent: Intent,
    options: OpenOptions,
    replications: number,
  ): Promise<void> {
    this.#close();
    this.#run += 1;
    const run = this.#run;
    this.#show(view);
    try {
      const simulation = await openSimulation(options);
      if (run !== this.#run) return simulation.close();
      this.#simulation = simulation;
      this.#show({ backend: simulation.backend });
      for (let replication = view.runs.length; replication < replications; replication += 1) {
        const session = await simulation.load({ ...intent.request, replication });
        if (run !== this.#run) return;
        await this.#begin(session);
        const reached = await this.#draw(session, run, replications);
        if (run !== this.#run || !reached) return;
      }
      this.#end({ phase: "done", restMs: undefined });
    } catch (error) {
      if (run === this.#run) this.#end({ phase: "failed", error: messageOf(error) });
    }
  }

  async #begin(session: LoadSession): Promise<void> {
    this.#session = session;
    const phase = this.#view.phase === "paused" ? "paused" : "running";
    if (phase === "paused") await session.pause();
    this.#show({ phase });
  }

  pause(): void {
    if (this.#view.phase !== "running" && this.#view.phase !== "starting") return;
    this.#show({ phase: "paused" });
    this.#session?.pause().catch(() => {});
  }

  resume(): void {
    if (this.#view.phase !== "paused") return;
    this.#show({ phase: "running" });
    this.#session?.resume().catch(() => {});
  }

  /** Ends the run at once: the worker is taken down, not asked. */
  cancel(): void {
    if (!this.active) return;
    this.#run += 1;
    this.#end({ phase: "cancelled" });
  }

  hostDisconnected(): void {
    // An element that moves within the page leaves and comes back at once;
    // its run goes on.
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.cancel();
    });
  }

  /** Shows a run as it goes. @returns whether it has come to its end */
  async #draw(session: LoadSession, run: number, replications: number): Promise<boolean> {
    const clock = { fromMs: this.#workedMs, replications };
    for (;;) {
      const reply = await session.next();
      if (run !== this.#run) return false;
      if (reply.kind === "cancelled" || reply.kind === "superseded") {
        this.cancel();
        return false;
      }
      this.#workedMs = clock.fromMs + reply.busyMs;
      this.#show(shownBy(reply, this.#view, clock));
      if (reply.kind === "done") return true;
      await painted();
      if (run !== this.#run) return false;
    }
  }

  #end(last: Partial<LoadView>): void {
    this.#close();
    this.#show(last);
    this.#ended(this.#view);
  }

  #close(): void {
    this.#simulation?.close();
    this.#simulation = undefined;
    this.#session = undefined;
  }

  #show(change: Partial<LoadView>): void {
    this.#view = { ...this.#view, ...change };
    this.#host.requestUpdate();
  }
}

type Shown = Extract<FrameReply, { readonly frame: BulkFrame }>;

/** Whether a run is under way. */
export function isActive({ phase }: LoadView): boolean {
  return phase === "starting" || phase === "running" || phase === "paused";
}

/** Where a run stands among all that were asked for. */
interface Clock {
  /** Time spent computing before it began, in milliseconds. */
  readonly fromMs: number;
  readonly replications: number;
}

function shownBy(reply: Shown, before: LoadView, clock: Clock): Partial<LoadView> {
  const { frame, busyMs } = reply;
  const part = frameField(frame, "progress") / 1000;
  const progress = (before.runs.length + part) / clock.replications;
  const spentMs = clock.fromMs + busyMs;
  // At the very beginning nobody can tell.
  const restMs = progress < 0.02 ? undefined : (spentMs * (1 - progress)) / progress;
  const ended = reply.kind === "done" ? { runs: [...before.runs, reply.result] } : {};
  const all = { ...ended, progress, restMs };
  // Further runs are made for their figures, and not drawn.
  if (before.result !== undefined) return all;
  const earlier = before.census.slice(0, frameField(frame, "firstRow"));
  return {
    ...all,
    ...{ frame, busyMs, now: frameCensus(frame), census: [...earlier, ...frameRows(frame)] },
    ...(reply.kind === "done" ? { result: reply.result.summary } : {}),
  };
}

/** The counts to draw: those over time, and the present ones at their end. */
export const censusToDraw: (view: LoadView) => readonly CensusRow[] = lastOf(({ census, now }) => {
  if (now === undefined || now.atUs <= (census.at(-1)?.atUs ?? -1)) return census;
  return [...census, now];
});

/** Longest wait for a frame on the screen: a hidden page paints none. */
const UNPAINTED_MS = 250;
/** What two frames take where nothing holds them up. */
const TWO_FRAMES_MS = 34;
const LEAST_REST_MS = 100;
const MOST_REST_MS = 1000;

/**
 * Waits until what was shown is on the screen, and then leaves the page to its
 * reader for twenty times as long as that held up its frames: on a busy or slow
 * machine a crowd is drawn less often, and the page still moves.
 */
async function painted(): Promise<void> {
  const from = performance.now();
  await nextFrame();
  await nextFrame();
  const heldUpMs = Math.max(0, performance.now() - from - TWO_FRAMES_MS);
  await new Promise((resolve) =>
    setTimeout(resolve, Math.min(MOST_REST_MS, LEAST_REST_MS + 20 * heldUpMs)),
  );
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, UNPAINTED_MS);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
