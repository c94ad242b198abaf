import type { ReactiveController, ReactiveControllerHost } from "lit";
import { machine } from "#pieces";
import type { PiecesController } from "../pieces/pieces-controller.ts";
import { faultOn, type Outcome, type RunRequest, runScenario } from "./run.ts";
import type { ConnectionWords } from "./words/first.ts";

/** What the run follows from beside the reader's faults. */
export type RunInput = Omit<RunRequest, "struck">;

/** Keeps the run of an element, and the segments that its reader has struck. */
export class RunController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #pieces: PiecesController;
  #input: RunInput | undefined;
  #struck: readonly string[] = [];
  #outcome: Outcome | undefined;
  #words: ConnectionWords | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, pieces: PiecesController) {
    this.#host = host;
    this.#pieces = pieces;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener("pointerover", this.#fetchMachine);
    this.#host.addEventListener("focusin", this.#fetchMachine);
  }

  /** Who comes near may soon strike a segment. Nobody waits yet, so a failure is not told. */
  readonly #fetchMachine = (): void => {
    machine.load().catch(() => {});
  };

  /** The present run, made anew only where something that it follows from has changed. */
  outcome(input: RunInput, words: ConnectionWords): Outcome {
    if (!sameInput(this.#input, input)) {
      this.#input = input;
      this.#struck = [];
      this.#outcome = undefined;
    }
    const before = this.#outcome;
    // What is wrong is said again in another language; a run is the same in all of them.
    if (before?.ok === false && (words !== this.#words || before.needs?.now !== undefined)) {
      this.#outcome = undefined;
    }
    this.#words = words;
    this.#outcome ??= runScenario({ ...input, struck: this.#struck }, words);
    if (!this.#outcome.ok && this.#outcome.needs !== undefined)
      this.#pieces.get(this.#outcome.needs);
    return this.#outcome;
  }

  /** The faults of the reader, the newest first. */
  get struck(): readonly string[] {
    return this.#struck;
  }

  get canUndo(): boolean {
    return this.#struck.length > 0;
  }

  /**
   * Loses a transmission, or does what else `action` says; the run is the same up to
   * there. Not in a recording. The newest comes first, and so wins over older ones.
   */
  strike(id: string, action: string): void {
    if (this.#outcome?.ok !== true || this.#outcome.recorded !== undefined) return;
    const fault = faultOn(id, action);
    const before = this.#outcome;
    const strike = (): void => {
      if (this.#outcome === before && this.#struck[0] !== fault)
        this.#set([fault, ...this.#struck]);
    };
    if (machine.now !== undefined) strike();
    else this.#pieces.demand(machine).then(strike, () => {});
  }

  /** Takes the last fault back. */
  undo(): void {
    this.#set(this.#struck.slice(1));
  }

  /** Takes every fault back. */
  reset(): void {
    this.#set([]);
  }

  #set(struck: readonly string[]): void {
    this.#struck = struck;
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
