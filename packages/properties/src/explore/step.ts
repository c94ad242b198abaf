import {
  Cause,
  clearOutbox,
  createOutbox,
  createTcb,
  type Outbox,
  type Segment,
  State,
  type StateChange,
  seqAdd,
} from "@synfin/core/tcp";
import { type Draft, type End, forget, isAlive, lastWords, NOT_ENDED, NOW_US } from "./end.ts";
import type { Settings } from "./options.ts";

/** What happens to one end: its user calls, its clock comes to a deadline, a segment arrives. */
export type Input = UserCall | "timeout" | Readonly<Segment>;

/** `unlisten` is CLOSE in LISTEN (§3.10.4). */
export type UserCall = "open" | "send" | "close" | "abort" | "unlisten";

/** What came of one step of one end. Everything in it is its own, and stays as it is. */
export interface EndStep {
  readonly before: End;
  readonly input: Input;
  readonly after: End;
  readonly sent: readonly Segment[];
  readonly changes: readonly StateChange[];
  /** The octets that the user was given: where they begin, and how many. */
  readonly takenSeq: number;
  readonly taken: number;
  /** What the machine said of itself where it threw. */
  readonly thrown: string | undefined;
}

/** No TCB goes with it, so the machine has nothing to say about it. */
const UNLISTENED: StateChange = { from: State.LISTEN, to: State.CLOSED, cause: Cause.CLOSE };

/**
 * From one connection's first number to that of the next one at the same host:
 * what RFC 6528's clock gains in about a minute, and more than any window.
 */
const ISN_STEP = 0x100_0000;

const out: Outbox = createOutbox();

/**
 * Lets one thing happen to one end. The result depends on the end and on the
 * input and on nothing else, so the explorer takes each such step once.
 */
export function stepEnd(before: End, input: Input, settings: Settings): EndStep {
  const draft: Draft = { ...before, tcb: { ...before.tcb } };
  clearOutbox(out);
  let thrown: string | undefined;
  try {
    if (typeof input === "object") arrive(draft, input, settings);
    else if (input === "timeout")
      settings.machine.timeouts(draft.tcb, NOW_US, settings.params, out);
    else call(draft, input, settings);
    takeAll(draft, settings);
  } catch (error) {
    thrown = error instanceof Error ? error.message : String(error);
  }
  noteChanges(draft, before);
  if (isAlive(draft)) forget(draft.tcb, settings);
  else if (isAlive(before)) draft.tcb = lastWords(draft.tcb);
  return {
    before,
    input,
    after: draft,
    sent: out.segments.slice(0, out.segmentCount).map((segment) => ({ ...segment })),
    changes: input === "unlisten" ? [UNLISTENED] : changesNow(),
    takenSeq: out.takenSeq,
    taken: out.takenLength,
    thrown,
  };
}

function changesNow(): StateChange[] {
  return out.changes.slice(0, out.changeCount).map((change) => ({ ...change }));
}

function call(draft: Draft, input: UserCall, { machine, params, isns }: Settings): void {
  switch (input) {
    case "open":
      draft.opened = 1;
      machine.open(draft.tcb, isns[draft.host], NOW_US, params, out);
      return;
    case "send":
      draft.sendsLeft -= 1;
      machine.send(draft.tcb, params.mss, NOW_US, params, out);
      return;
    case "close":
      draft.userClosed = 1;
      machine.close(draft.tcb, NOW_US, params, out);
      return;
    case "abort":
      machine.abort(draft.tcb, NOW_US, params, out);
      return;
    default:
      draft.listening = 0;
  }
}

/** §3.10.7: for the connection, else for the listener, else for no one. */
function arrive(draft: Draft, segment: Readonly<Segment>, settings: Settings): void {
  const { machine, params, isns } = settings;
  // The machine may write to what it is given.
  const copy = { ...segment };
  if (isAlive(draft)) {
    machine.segmentArrives(draft.tcb, copy, NOW_US, params, out);
  } else if (draft.listening === 1) {
    const tcb = createTcb();
    const iss = seqAdd(isns[draft.host], draft.births * ISN_STEP);
    if (machine.listenSegmentArrives(tcb, copy, iss, NOW_US, params, out))
      bear(draft, tcb, settings);
  } else {
    machine.closedSegmentArrives(copy, out);
  }
}

/** A connection of its own, with a user who has done nothing yet. */
function bear(draft: Draft, tcb: Draft["tcb"], { data }: Settings): void {
  draft.tcb = tcb;
  draft.births += 1;
  draft.sendsLeft = data;
  draft.userClosed = 0;
  draft.delivered = 0;
  draft.finTaken = 0;
  draft.endedBy = NOT_ENDED;
  draft.inVain = 0;
}

/** The user reads at once whatever there is to read. */
function takeAll(draft: Draft, { machine, params }: Settings): void {
  draft.delivered += out.takenLength;
  if (out.takenLength > 0 && isAlive(draft)) {
    machine.receive(draft.tcb, out.takenLength, NOW_US, params, out);
  }
}

function noteChanges(draft: Draft, before: End): void {
  for (let index = 0; index < out.changeCount; index += 1) {
    const change = out.changes[index];
    if (change === undefined) continue;
    const { from, to, cause } = change;
    if (to === State.CLOSED || to === State.LISTEN) draft.endedBy = cause;
    if (GIVING_UP.includes(cause)) draft.inVain = before.tcb.retransmits + 1;
    if (TAKES_FIN.some(([a, b]) => a === from && b === to)) draft.finTaken = 1;
  }
}

/** A silent peer is given up (§3.8.3). */
const GIVING_UP: readonly Cause[] = [Cause.R2_TIMEOUT, Cause.USER_TIMEOUT];

/** The changes of state that take the peer's FIN (§3.10.7.4, eighth). */
const TAKES_FIN: readonly (readonly [State, State])[] = [
  [State.ESTABLISHED, State.CLOSE_WAIT],
  [State.FIN_WAIT_1, State.CLOSING],
  [State.FIN_WAIT_1, State.TIME_WAIT],
  [State.FIN_WAIT_2, State.TIME_WAIT],
];
