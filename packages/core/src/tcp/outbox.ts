import { assert } from "./assert.ts";
import { createSegment, type Segment } from "./segment.ts";
import { type State, stateName } from "./state.ts";
import type { Tcb } from "./tcb.ts";
import { CAUSE_NAMES, type Cause, isPermitted } from "./transitions.ts";

/** What the machine has to tell the connection's user (§3.9.1.8, §3.10.7). */
export const Signal = {
  /** The handshake is done. */
  CONNECTED: 0,
  /** "Connection closing": the peer has sent its FIN; nothing more will come. */
  PEER_CLOSED: 1,
  /** "Connection reset" by the peer. */
  RESET: 2,
  /** "Connection refused": a RST answered our SYN. */
  REFUSED: 3,
  /** "Connection aborted due to user timeout", or R2 passed (§3.8.3). */
  TIMED_OUT: 4,
  /** R1 passed: the peer has not answered for a while (SHLD-9). */
  R1_REACHED: 5,
  /** Our FIN is acknowledged: CLOSE has succeeded. */
  CLOSED: 6,
} as const;

export type Signal = (typeof Signal)[keyof typeof Signal];

/** How traces name the signals, indexed by `Signal`. */
export const SIGNAL_NAMES = [
  "connected",
  "peer closed",
  "connection reset",
  "connection refused",
  "timed out",
  "no answer yet",
  "close acknowledged",
] as const;

/** One change of state, with what brought it about. */
export interface StateChange {
  from: State;
  to: State;
  cause: Cause;
}

/**
 * What one step of the machine wants done: segments to send, in order; the
 * octets that it took from the segment that arrived; signals for the user;
 * the changes of state. The caller clears it, passes it in, acts on it, and
 * uses it again; its arrays only grow.
 */
export interface Outbox {
  /** The first `segmentCount` are to be sent; the rest are spare. */
  readonly segments: Segment[];
  segmentCount: number;
  /** Sequence number of the first octet taken in order for the user. */
  takenSeq: number;
  /** How many octets from there; 0 where none were. */
  takenLength: number;
  /** The first `signalCount` are news. */
  readonly signals: Signal[];
  signalCount: number;
  /** The first `changeCount` happened, in this order. */
  readonly changes: StateChange[];
  changeCount: number;
}

export function createOutbox(): Outbox {
  return {
    segments: [],
    segmentCount: 0,
    takenSeq: 0,
    takenLength: 0,
    signals: [],
    signalCount: 0,
    changes: [],
    changeCount: 0,
  };
}

/** Makes an outbox empty again. */
export function clearOutbox(out: Outbox): void {
  out.segmentCount = 0;
  out.takenLength = 0;
  out.signalCount = 0;
  out.changeCount = 0;
}

/** The next segment to fill in; every field that matters must be set. */
export function nextSegment(out: Outbox): Segment {
  let segment = out.segments[out.segmentCount];
  if (segment === undefined) {
    segment = createSegment();
    out.segments.push(segment);
  }
  out.segmentCount += 1;
  return segment;
}

export function signal(out: Outbox, value: Signal): void {
  out.signals[out.signalCount] = value;
  out.signalCount += 1;
}

/** The only way to change a connection's state: by the table, and on the record. */
export function enter(tcb: Tcb, to: State, cause: Cause, out: Outbox): void {
  const from = tcb.state;
  if (!isPermitted(from, to, cause)) assert(false, refusal(from, to, cause));
  let change = out.changes[out.changeCount];
  if (change === undefined) {
    change = { from, to, cause };
    out.changes.push(change);
  } else {
    change.from = from;
    change.to = to;
    change.cause = cause;
  }
  out.changeCount += 1;
  tcb.state = to;
}

function refusal(from: State, to: State, cause: Cause): string {
  return `${stateName(from)} to ${stateName(to)} by ${CAUSE_NAMES[cause]} is not in the table of transitions`;
}
