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
  type LoadSession,
  type OpenOptions,
  openSimulation,
  type Simulation,
} from "@synfin/worker";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Intent } from "./intent.ts";

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
  /** Time spent computing, in milliseconds of the wall's clock. */
  readonly busyMs: number;
  readonly result: BulkSummary | undefined;
  readonly error: string | undefined;
}

const IDLE: LoadView = {
  phase: "idle",
  intent: undefined,
  backend: undefined,
  frame: undefined,
  now: undefined,
  census: [],
  busyMs: 0,
  result: undefined,
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

  constructor(host: ReactiveControllerHost & HTMLElement, ended: (view: LoadView) => void) {
    this.#host = host;
    this.#ended = ended;
    host.addController(this);
  }

  get view(): LoadView {
    return this.#view;
  }

  get active(): boolean {
    const { phase } = this.#view;
    return phase === "starting" || phase === "running" || phase === "paused";
  }

  /** Starts a run; one that was under way is over. Resolves when it has ended. */
  async run(intent: Intent, options: OpenOptions): Promise<void> {
    this.#close();
    this.#run += 1;
    const run = this.#run;
    this.#show({ ...IDLE, phase: "starting", intent });
    try {
      const simulation = await openSimulation(options);
      if (run !== this.#run) return simulation.close();
      this.#simulation = simulation;
      const session = await simulation.load(intent.request);
      if (run !== this.#run) return;
      this.#session = session;
      const phase = this.#view.phase === "paused" ? "paused" : "running";
      if (phase === "paused") await session.pause();
      this.#show({ phase, backend: simulation.backend });
      await this.#draw(session, run);
    } catch (error) {
      if (run === this.#run) this.#end({ phase: "failed", error: messageOf(error) });
    }
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

  async #draw(session: LoadSession, run: number): Promise<void> {
    for (;;) {
      const reply = await session.next();
      if (run !== this.#run) return;
      if (reply.kind === "cancelled" || reply.kind === "superseded") return this.cancel();
      this.#show(shownBy(reply, this.#view.census));
      if (reply.kind === "done") return this.#end({ phase: "done", result: reply.result });
      await painted();
      if (run !== this.#run) return;
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

function shownBy(reply: Shown, before: readonly CensusRow[]): Partial<LoadView> {
  const { frame, busyMs } = reply;
  const earlier = before.slice(0, frameField(frame, "firstRow"));
  return { frame, busyMs, now: frameCensus(frame), census: [...earlier, ...frameRows(frame)] };
}

/** The counts to draw: those over time, and the present ones at their end. */
export function censusToDraw({ census, now }: LoadView): readonly CensusRow[] {
  if (now === undefined || now.atUs <= (census.at(-1)?.atUs ?? -1)) return census;
  return [...census, now];
}

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
