import { pollAt, type Segment, State } from "@synfin/core/tcp";
import { type End, firstEnd, type HostIndex, isAlive, later, NOW_US } from "../end.ts";
import { type Broken, brokenByStep } from "../laws/step-laws.ts";
import type { Settings } from "../options.ts";
import { type EndStep, type Input, stepEnd, type UserCall } from "../step.ts";
import { Act, type Action, actionCode } from "./action.ts";
import { Catalogue } from "./catalogue.ts";
import { type Late, type NetState, sorted } from "./net-state.ts";

/** A step of one end, in numbers: the end that comes of it, and what it sends. */
interface KnownStep {
  readonly after: number;
  readonly sent: readonly number[];
  readonly broken: Broken | undefined;
}

/** A state that an action leads to, and the law that the step there breaks. */
export interface Successor {
  readonly next: NetState;
  readonly broken: Broken | undefined;
}

const CALLS: readonly UserCall[] = ["open", "send", "close", "abort", "unlisten"];
const ACT_OF_CALL: Readonly<Record<UserCall, Act>> = {
  open: Act.OPEN,
  send: Act.SEND,
  close: Act.CLOSE,
  abort: Act.ABORT,
  unlisten: Act.UNLISTEN,
};
const HOSTS: readonly HostIndex[] = [0, 1];
/** More than there are inputs in any exploration, to make one number of an end and an input. */
const INPUTS = 2 ** 24;
const TIMEOUT = CALLS.length;
const FIRST_SEGMENT = TIMEOUT + 1;

/**
 * The rules by which one state follows another. Each step of one end depends on
 * that end and on what happens to it alone, so it is worked out and held to the
 * laws once, and the states are made of numbers.
 */
export class Space {
  readonly #settings: Settings;
  readonly #ends = new Catalogue<End>(endKey);
  readonly #segments = new Catalogue<Readonly<Segment>>((segment) => {
    return Object.values(segment).join();
  });
  readonly #steps = new Map<number, KnownStep>();
  readonly #aged = new Map<number, Map<number, number>>();
  readonly #calls: (readonly number[])[] = [];
  readonly #due: number[] = [];
  readonly #onStep: (step: EndStep) => void;

  /** @param onStep is shown each different step of an end, once */
  constructor(settings: Settings, onStep: (step: EndStep) => void) {
    this.#settings = settings;
    this.#onStep = onStep;
  }

  /** How many different ends, segments, and steps of one end there are so far. */
  get sizes(): { readonly ends: number; readonly segments: number; readonly steps: number } {
    return { ends: this.#ends.size, segments: this.#segments.size, steps: this.#steps.size };
  }

  first(): NetState {
    const { loss, duplicate, reorder, abort } = this.#settings;
    const ends = HOSTS.map((host) => this.#ends.numberOf(firstEnd(host, this.#settings)));
    return {
      ends: [ends[0] ?? 0, ends[1] ?? 0],
      queues: [[], []],
      late: [[], []],
      ...{ losses: loss, duplicates: duplicate, reorders: reorder, aborts: abort },
    };
  }

  endsOf({ ends }: NetState): readonly [End, End] {
    return [this.#ends.thing(ends[0]), this.#ends.thing(ends[1])];
  }

  end(number: number): End {
    return this.#ends.thing(number);
  }

  /** The end as it is so many microseconds later, when nothing has happened to it. */
  endLater(number: number, us: number): End {
    return this.#ends.thing(us === 0 ? number : this.#agedEnd(number, us));
  }

  segment(number: number): Readonly<Segment> {
    return this.#segments.thing(number);
  }

  numberOf(segment: Readonly<Segment>): number {
    return this.#segments.numberOf(segment);
  }

  /**
   * What may happen in a state, as action codes. The network meddles with the
   * first segment of a queue only: what comes behind it can wait for its turn,
   * since no one notices a loss or a copy before. Timers run out only when
   * nothing is under way but what is held back: the network is faster than any
   * of them, and slower only where a segment is held.
   */
  actions(state: NetState): number[] {
    const codes: number[] = [];
    for (const host of HOSTS) {
      const aborts = state.aborts > 0;
      for (const code of this.#callsOf(state.ends[host])) {
        if (aborts || code !== actionCode(Act.ABORT, host)) codes.push(code);
      }
      if (state.queues[host].length > 0) {
        codes.push(actionCode(Act.ARRIVE, host));
        if (state.losses > 0) codes.push(actionCode(Act.LOSE, host));
        if (state.duplicates > 0) codes.push(actionCode(Act.DUPLICATE, host));
        if (state.reorders > 0) codes.push(actionCode(Act.HOLD, host));
      }
      for (let place = 0; place < state.late[host].length; place += 1) {
        codes.push(actionCode(Act.ARRIVE_LATE, host, place));
      }
    }
    this.#addTimeouts(state, codes);
    return codes;
  }

  /** How long it is until the timer of this end runs out that does so next; µs, or `Infinity`. */
  dueInUs(end: number): number {
    const known = this.#due[end];
    if (known !== undefined) return known;
    const { tcb } = this.#ends.thing(end);
    const due = tcb.state <= State.LISTEN ? Number.POSITIVE_INFINITY : pollAt(tcb) - NOW_US;
    this.#due[end] = due;
    return due;
  }

  /** What an action makes of a state in which it may happen. */
  take(state: NetState, { act, host, place }: Action): Successor {
    switch (act) {
      case Act.ARRIVE:
        return this.#step(withoutFirst(state, host), host, FIRST_SEGMENT + firstOf(state, host));
      case Act.ARRIVE_LATE: {
        const { segment } = state.late[host][place] ?? { segment: 0 };
        return this.#step(withoutLate(state, host, place), host, FIRST_SEGMENT + segment);
      }
      case Act.LOSE:
        return still({ ...withoutFirst(state, host), losses: state.losses - 1 });
      case Act.DUPLICATE: {
        const queue = [firstOf(state, host), ...state.queues[host]];
        const queues = replaced(state.queues, host, queue);
        return still({ ...state, queues, duplicates: state.duplicates - 1 });
      }
      case Act.HOLD: {
        const held = { segment: firstOf(state, host), leftUs: this.#settings.params.mslUs };
        const late = replaced(state.late, host, sorted([...state.late[host], held]));
        return still({ ...withoutFirst(state, host), late, reorders: state.reorders - 1 });
      }
      case Act.TIMEOUT:
        return this.#step(this.#afterWait(state, this.dueInUs(state.ends[host])), host, TIMEOUT);
      case Act.ABORT:
        return this.#step({ ...state, aborts: state.aborts - 1 }, host, CALLS.indexOf("abort"));
      default:
        return this.#step(state, host, act);
    }
  }

  /** What the end at which it happens sees of an action; undefined for the network's own. */
  inputOf(state: NetState, { act, host, place }: Action): Input | undefined {
    if (act === Act.ARRIVE) return this.segment(firstOf(state, host));
    if (act === Act.ARRIVE_LATE) return this.segment(state.late[host][place]?.segment ?? 0);
    if (act === Act.TIMEOUT) return "timeout";
    return CALLS.find((call) => ACT_OF_CALL[call] === act);
  }

  /** The state as it is later, when nothing has happened; what is held back too long is gone. */
  #afterWait(state: NetState, us: number): NetState {
    if (us === 0) return state;
    const wait = (late: readonly Late[]): readonly Late[] => {
      const older = late.map(({ segment, leftUs }) => ({ segment, leftUs: leftUs - us }));
      return older.filter(({ leftUs }) => leftUs >= 0);
    };
    return {
      ...state,
      ends: [this.#agedEnd(state.ends[0], us), this.#agedEnd(state.ends[1], us)],
      late: [wait(state.late[0]), wait(state.late[1])],
    };
  }

  #agedEnd(end: number, us: number): number {
    let byTime = this.#aged.get(end);
    if (byTime === undefined) {
      byTime = new Map();
      this.#aged.set(end, byTime);
    }
    const known = byTime.get(us);
    if (known !== undefined) return known;
    const aged = this.#ends.numberOf(later(this.#ends.thing(end), us, this.#settings));
    byTime.set(us, aged);
    return aged;
  }

  #addTimeouts({ ends, queues }: NetState, codes: number[]): void {
    if (queues[0].length > 0 || queues[1].length > 0) return;
    const due = [this.dueInUs(ends[0]), this.dueInUs(ends[1])] as const;
    const next = Math.min(...due);
    if (next === Number.POSITIVE_INFINITY) return;
    // At the same moment either may be first: no two clocks are that exact.
    for (const host of HOSTS) if (due[host] === next) codes.push(actionCode(Act.TIMEOUT, host));
  }

  #callsOf(end: number): readonly number[] {
    const known = this.#calls[end];
    if (known !== undefined) return known;
    const thing = this.#ends.thing(end);
    const may = CALLS.filter((call) => mayCall(thing, call, this.#settings));
    const codes = may.map((call) => actionCode(ACT_OF_CALL[call], thing.host));
    this.#calls[end] = codes;
    return codes;
  }

  /** @param input the place of a call, `TIMEOUT`, or `FIRST_SEGMENT` and a segment's number */
  #step(state: NetState, host: HostIndex, input: number): Successor {
    const { after, sent, broken } = this.#knownStep(state.ends[host], input);
    const ends = replaced(state.ends, host, after);
    if (sent.length === 0) return { next: { ...state, ends }, broken };
    const peer: HostIndex = host === 0 ? 1 : 0;
    const queues = replaced(state.queues, peer, [...state.queues[peer], ...sent]);
    return { next: { ...state, ends, queues }, broken };
  }

  #knownStep(end: number, input: number): KnownStep {
    const key = end * INPUTS + input;
    const known = this.#steps.get(key);
    if (known !== undefined) return known;
    const what = input >= FIRST_SEGMENT ? this.segment(input - FIRST_SEGMENT) : CALLS[input];
    const step = stepEnd(this.#ends.thing(end), what ?? "timeout", this.#settings);
    this.#onStep(step);
    const found: KnownStep = {
      after: this.#ends.numberOf(step.after),
      sent: step.sent.map((segment) => this.#segments.numberOf(segment)),
      broken: brokenByStep(step, this.#settings),
    };
    this.#steps.set(key, found);
    return found;
  }
}

/** Every number of an end, so that two ends with the same key will do the same. */
function endKey({ tcb, ...rest }: End): string {
  return `${Object.values(rest).join()},${Object.values(tcb).join()}`;
}

/** A user opens once, sends all it has, and closes; each call comes at any time. */
function mayCall(end: End, call: UserCall, { open }: Settings): boolean {
  const { host, tcb, opened, listening, sendsLeft } = end;
  const alive = isAlive(end);
  const mayStillSend = alive && tcb.finQueued === 0 && tcb.state !== State.TIME_WAIT;
  switch (call) {
    case "open":
      return !alive && opened === 0 && (host === 0 || open === "both");
    case "send":
      return mayStillSend && sendsLeft > 0;
    case "close":
      return mayStillSend && sendsLeft === 0;
    case "abort":
      return alive;
    default:
      return !alive && listening === 1;
  }
}

function firstOf({ queues }: NetState, host: HostIndex): number {
  return queues[host][0] ?? 0;
}

function withoutFirst(state: NetState, host: HostIndex): NetState {
  return { ...state, queues: replaced(state.queues, host, state.queues[host].slice(1)) };
}

function withoutLate(state: NetState, host: HostIndex, place: number): NetState {
  return { ...state, late: replaced(state.late, host, state.late[host].toSpliced(place, 1)) };
}

function replaced<Item>(pair: readonly [Item, Item], host: HostIndex, item: Item): [Item, Item] {
  return host === 0 ? [item, pair[1]] : [pair[0], item];
}

function still(next: NetState): Successor {
  return { next, broken: undefined };
}
