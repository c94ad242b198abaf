import type { Reply } from "./protocol.ts";

/** What a run needs of the thread it is on. */
export interface Thread {
  /** Milliseconds from any origin; never goes back. */
  readonly now: () => number;
  /** Lets other tasks of this thread go first (messages, painting), then calls. */
  readonly yieldTo: (next: () => void) => void;
  /** How long one slice may take, in milliseconds. */
  readonly sliceMs: number;
}

/** A run that moves only when it is told to: what it shows on the way, and what comes of it. */
export interface Running<Frame, Result> {
  /** Lets happen at most so many events. @returns whether it is over */
  advance(maxEvents: number): boolean;
  frame(): Frame;
  result(): Result;
}

/** Events between two looks at the clock: a millisecond here, a few on a phone. */
const BATCH = 1024;

type Ending = "cancelled" | "superseded";

/**
 * Drives one run in slices. Frames are pulled: at most one is under way, and
 * a page that is slow or hidden sees fewer of them without holding up the run.
 */
export class RunLoop<Frame, Result> {
  readonly #run: Running<Frame, Result>;
  readonly #thread: Thread;
  #waiting: ((reply: Reply<Frame, Result>) => void) | undefined;
  #ending: Ending | undefined;
  #failure: { readonly error: unknown } | undefined;
  #fail: ((error: unknown) => void) | undefined;
  #paused = false;
  #scheduled = false;
  #finished = false;
  #moved = true;
  #busyMs = 0;

  constructor(run: Running<Frame, Result>, thread: Thread) {
    this.#run = run;
    this.#thread = thread;
    this.#schedule();
  }

  /** See `SimulationService.nextFrame`. */
  next(): Promise<Reply<Frame, Result>> {
    if (this.#waiting !== undefined) {
      return Promise.reject(new Error("A frame of this run is already asked for; await it first."));
    }
    return new Promise((resolve, reject) => {
      this.#waiting = resolve;
      this.#fail = reject;
      this.#deliver();
    });
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#schedule();
  }

  /** Ends the run; who waits for a frame hears of it at once. */
  end(ending: Ending): void {
    this.#ending ??= ending;
    this.#deliver();
  }

  #schedule(): void {
    if (this.#scheduled || !this.#mayRun()) return;
    this.#scheduled = true;
    this.#thread.yieldTo(() => {
      this.#scheduled = false;
      if (!this.#mayRun()) return;
      this.#slice();
      this.#deliver();
      this.#schedule();
    });
  }

  #mayRun(): boolean {
    return !this.#paused && !this.#finished && !this.#failure && this.#ending === undefined;
  }

  #slice(): void {
    const startedAt = this.#thread.now();
    const until = startedAt + this.#thread.sliceMs;
    try {
      do {
        this.#finished = this.#run.advance(BATCH);
      } while (!this.#finished && this.#thread.now() < until);
    } catch (error) {
      this.#failure = { error };
    }
    this.#moved = true;
    this.#busyMs += this.#thread.now() - startedAt;
  }

  #deliver(): void {
    const [resolve, reject] = [this.#waiting, this.#fail];
    if (resolve === undefined || reject === undefined) return;
    const reply = this.#failure === undefined ? this.#reply() : undefined;
    if (reply === undefined && this.#failure === undefined) return;
    this.#waiting = undefined;
    this.#fail = undefined;
    if (reply !== undefined) resolve(reply);
    else reject(this.#failure?.error);
  }

  #reply(): Reply<Frame, Result> | undefined {
    if (this.#ending !== undefined) return { kind: this.#ending };
    if (!this.#moved && !this.#finished) return undefined;
    this.#moved = false;
    const frame = this.#run.frame();
    const busyMs = this.#busyMs;
    if (!this.#finished) return { kind: "frame", frame, busyMs };
    const result = this.#run.result();
    return { kind: "done", frame, busyMs, result };
  }
}
