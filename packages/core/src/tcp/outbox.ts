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
  /** The peer has urgent data for the user, or more of it (§3.8.5). */
  URGENT: 7,
  /** An ICMP error that does not end the connection (SHLD-25). */
  SOFT_ERROR: 8,
  /** An ICMP error that does (SHLD-26). */
  UNREACHABLE: 9,
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
  "urgent data",
  "soft error",
  "unreachable",
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
  /** The text of the segment that arrived is to be kept from this octet on … */
  keptSeq: number;
  /** … for so many octets: the part that is new and that fits. 0 for none of it. */
  keptLength: number;
  /** Sequence number of the first octet that the user may have now. */
  takenSeq: number;
  /** How many octets from there, of this segment and of what was kept before; 0 for none. */
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
    keptSeq: 0,
    keptLength: 0,
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
  out.keptLength = 0;
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
