import { shownState } from "./end.ts";
import { brokenAtRest, brokenByState, outcomeOf } from "./laws/state-laws.ts";
import type { Broken } from "./laws/step-laws.ts";
import { type ExploreOptions, type Settings, settle } from "./options.ts";
import { readAction } from "./space/action.ts";
import { Edges } from "./space/edges.ts";
import { Frontier, type FrontierReader } from "./space/frontier.ts";
import { hashWords } from "./space/hash.ts";
import { decode, encode, type NetState } from "./space/net-state.ts";
import { Space } from "./space/space.ts";
import { Visited } from "./space/visited.ts";
import type { EndStep } from "./step.ts";

/** Two functions of all that a state is: 64 bits together. */
const SEED_HIGH = 0x9747_b28c | 0;
const SEED_LOW = 0x2f0b_4c47;

/** More than there are ends in any exploration, to make one number of two. */
const MOST_ENDS = 2 ** 26;
const MOST_PAIRS = 2 ** 22;

/**
 * An exploration under way, breadth first: it goes on when it is told to, so
 * that a program can show how far it is and be interrupted.
 */
export class Exploration {
  readonly settings: Settings;
  readonly #space: Space;
  readonly #visited = new Visited();
  readonly #edges = new Edges();
  readonly #words: number[] = [];
  readonly #outcomes = new Map<string, number>();
  readonly #checkedPairs = new Set<number>();
  readonly #pairs = new Set<string>();
  readonly #rows = new Set<string>();
  #frontier = new Frontier();
  #reader: FrontierReader;
  #transitions = 0;
  #depth = 0;
  #broken: Broken | undefined;
  #path: readonly number[] = [];
  #done = false;

  /**
   * Throws a `RangeError` where an option is not what it should be.
   *
   * @param onStep is shown each different step of an end, once
   */
  constructor(options: ExploreOptions, onStep: (step: EndStep) => void = () => {}) {
    this.settings = settle(options);
    this.#space = new Space(this.settings, (step) => {
      for (const { from, to, cause } of step.changes) this.#rows.add(`${from} ${to} ${cause}`);
      onStep(step);
    });
    this.#reach(this.#space.first(), undefined, -1, 0);
    this.#reader = this.#frontier.reader();
    this.#frontier = new Frontier();
  }

  get states(): number {
    return this.#visited.size;
  }
  /** Steps from one state to another, those to states reached before included. */
  get transitions(): number {
    return this.#transitions;
  }
  /** How many steps away the farthest states are. */
  get depth(): number {
    return this.#depth;
  }
  /** How many states are reached and not yet left. */
  get waiting(): number {
    return this.#frontier.count;
  }
  get space(): Space {
    return this.#space;
  }
  get collisionChance(): number {
    return this.#visited.collisionChance;
  }
  /** How the connection ended where nothing can happen any more: the number of such states. */
  get outcomes(): ReadonlyMap<string, number> {
    return this.#outcomes;
  }
  /** Which states the two ends are in together, as `FIN-WAIT-1 CLOSE-WAIT`. */
  get pairs(): ReadonlySet<string> {
    return this.#pairs;
  }
  /** How many rows of the table of transitions were taken. */
  get rows(): number {
    return this.#rows.size;
  }
  /** The law that was broken, and the actions of a shortest way to where it was. */
  get counterexample(): { readonly broken: Broken; readonly path: readonly number[] } | undefined {
    return this.#broken === undefined ? undefined : { broken: this.#broken, path: this.#path };
  }
  /**
   * Whether it is known that every run comes to a state in which nothing can happen
   * any more. Not where there were too many steps to remember them.
   */
  get comesToRestChecked(): boolean {
    return this.#done && !this.#edges.isIncomplete;
  }
  /** Whether every state has been seen. */
  get isComplete(): boolean {
    return this.#done && this.#broken === undefined;
  }

  /**
   * Leaves up to so many states more.
   *
   * @returns whether there is more to do
   */
  run(states: number): boolean {
    for (let left = states; left > 0 && !this.#isOver(); left -= 1) {
      if (!this.#reader.advance() && !this.#goDeeper()) {
        this.#finish();
        break;
      }
      this.#leave(this.#reader.index, decode(this.#reader.words, this.#reader.at));
    }
    return !this.#isOver() && !this.#done;
  }

  #isOver(): boolean {
    return this.#broken !== undefined || this.states >= this.settings.mostStates;
  }

  /** On to the states one step farther away. @returns whether there are any */
  #goDeeper(): boolean {
    if (this.#frontier.count === 0) return false;
    this.#depth += 1;
    this.#reader = this.#frontier.reader();
    this.#frontier = new Frontier();
    return this.#reader.advance();
  }

  #finish(): void {
    this.#done = true;
    if (!this.comesToRestChecked) return;
    const endless = this.#edges.firstOfEndless();
    if (endless === -1) return;
    const message = "from here on it may go on for ever, with no user and no fault doing anything";
    this.#breaks({ law: "everyRunComesToRest", message }, this.#visited.pathTo(endless));
  }

  #leave(index: number, state: NetState): void {
    const codes = this.#space.actions(state);
    this.#edges.leave();
    if (codes.length === 0) this.#rest(index, state);
    for (const code of codes) {
      if (this.#broken !== undefined) return;
      const { next, broken } = this.#space.take(state, readAction(code));
      this.#transitions += 1;
      this.#edges.add(this.#reach(next, broken, index, code));
    }
  }

  /** @returns the number of the state */
  #reach(state: NetState, broken: Broken | undefined, parent: number, code: number): number {
    const words = this.#words;
    words.length = 0;
    encode(state, words);
    const high = hashWords(words, SEED_HIGH);
    const index = this.#visited.add(high, hashWords(words, SEED_LOW), parent, code);
    if (broken !== undefined) {
      this.#breaks(broken, [...this.#visited.pathTo(parent), code]);
    } else if (index >= 0) {
      this.#frontier.push(index, words);
      const found = this.#brokenByPair(state);
      if (found !== undefined) this.#breaks(found, this.#visited.pathTo(index));
    }
    return index >= 0 ? index : -1 - index;
  }

  /** The laws of a state look at its two ends alone, so each pair is checked once. */
  #brokenByPair(state: NetState): Broken | undefined {
    const pair = state.ends[0] * MOST_ENDS + state.ends[1];
    if (this.#checkedPairs.has(pair)) return undefined;
    // Forgotten now and then, so that it takes no more memory than it must; then some are twice.
    if (this.#checkedPairs.size >= MOST_PAIRS) this.#checkedPairs.clear();
    this.#checkedPairs.add(pair);
    const ends = this.#space.endsOf(state);
    this.#pairs.add(`${shownState(ends[0])} ${shownState(ends[1])}`);
    return brokenByState(ends, this.settings);
  }

  #rest(index: number, state: NetState): void {
    const ends = this.#space.endsOf(state);
    const outcome = outcomeOf(ends);
    this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1);
    const found = brokenAtRest(ends);
    if (found !== undefined) this.#breaks(found, this.#visited.pathTo(index));
  }

  #breaks(broken: Broken, path: readonly number[]): void {
    if (this.#broken !== undefined) return;
    this.#broken = broken;
    this.#path = path;
  }
}
