import type { ReactiveController, ReactiveControllerHost } from "lit";
import { dropFault, type Outcome, type RunRequest, runScenario } from "./run.ts";
import type { ConnectionWords } from "./words.ts";

/** What the run follows from beside the reader's drops. */
export type RunInput = Omit<RunRequest, "drops">;

/** Keeps the run of an element, and the segments that its reader has dropped. */
export class RunController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #input: RunInput | undefined;
  #drops: readonly string[] = [];
  #outcome: Outcome | undefined;
  #words: ConnectionWords | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  /** The present run, made anew only where something that it follows from has changed. */
  outcome(input: RunInput, words: ConnectionWords): Outcome {
    if (!sameInput(this.#input, input)) {
      this.#input = input;
      this.#drops = [];
      this.#outcome = undefined;
    }
    // What is wrong is said again in another language; a run is the same in all of them.
    if (this.#outcome?.ok === false && words !== this.#words) this.#outcome = undefined;
    this.#words = words;
    this.#outcome ??= runScenario({ ...input, drops: this.#drops }, words);
    return this.#outcome;
  }

  /** What the reader dropped, in the fault grammar. */
  get drops(): readonly string[] {
    return this.#drops;
  }

  get canUndo(): boolean {
    return this.#drops.length > 0;
  }

  /** Loses one transmission; the run is the same up to there. Not in a recording. */
  drop(id: string): void {
    if (this.#outcome?.ok !== true || this.#outcome.recorded !== undefined) return;
    const fault = dropFault(id);
    if (!this.#drops.includes(fault)) this.#set([...this.#drops, fault]);
  }

  /** Takes the last drop back. */
  undo(): void {
    this.#set(this.#drops.slice(0, -1));
  }

  /** Takes every drop back. */
  reset(): void {
    this.#set([]);
  }

  #set(drops: readonly string[]): void {
    this.#drops = drops;
    this.#outcome = undefined;
    this.#host.requestUpdate();
  }
}

function sameInput(a: RunInput | undefined, b: RunInput): boolean {
  // `Object.is`, because a seed that is no number must not run for ever.
  return (
    a?.scenario === b.scenario &&
    Object.is(a.seed, b.seed) &&
    a.faults === b.faults &&
    a.source === b.source
  );
}
