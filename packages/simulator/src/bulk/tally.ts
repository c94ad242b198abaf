import { Cause, State, type StateChange } from "@synfin/core/tcp";
import type { Histogram } from "../stats/histogram.ts";
import { type Connections, type End, Mark } from "./connections.ts";
import type { Counters } from "./counters.ts";
import type { BulkHost } from "./host.ts";
import type { Measures } from "./measures.ts";

/** Ends of a connection that its users meant. Whoever leaves SYN-SENT has not got one. */
export function isGoodEnd({ from, cause }: Readonly<StateChange>): boolean {
  // Whatever cuts TIME-WAIT short, the connection had done what it was for.
  if (from === State.TIME_WAIT) return true;
  if (from === State.SYN_SENT) return false;
  return (
    cause === Cause.TIME_WAIT_TIMEOUT ||
    cause === Cause.RCV_ACK_OF_FIN ||
    cause === Cause.ABORT ||
    cause === Cause.CLOSE ||
    cause === Cause.FIN_WAIT_2_TIMEOUT
  );
}

/** RFC 4022's two counts of ends. As Linux has it, a call that its user takes back is none. */
function countEnd(counters: Counters, { from, cause }: Readonly<StateChange>): void {
  if (from === State.ESTABLISHED || from === State.CLOSE_WAIT) counters.EstabResets += 1;
  const isTakenBack = cause === Cause.ABORT || cause === Cause.CLOSE;
  const wasOpening = from === State.SYN_SENT || from === State.SYN_RECEIVED;
  if (wasOpening && !isTakenBack) counters.AttemptFails += 1;
}

/**
 * Whether someone here has called `connect` for it. A forged SYN's is nobody's, and that of
 * a NAT's far side is counted at the near one.
 */
function isOfOurs(marks: number): boolean {
  return (marks & (Mark.OPENED_A | Mark.OPENED_B)) !== 0;
}

/**
 * Counts the connections of a cell by watching changes of state, and never by
 * looking through them.
 */
export class Tally {
  /** Calls of `connect`, those that were refused at once among them. */
  opened = 0;
  /** Connections that have been ESTABLISHED at both ends. */
  established = 0;
  /** Connections that are over, as their users meant it. */
  closed = 0;
  /**
   * Connections that were refused, or that an end has lost. The other end may
   * stand for ever, as that of a peer who is gone does.
   */
  failed = 0;
  /** Connections ESTABLISHED at both ends now, and the most of them at once. */
  alive = 0;
  peakAlive = 0;
  /** When the last connection changed its state. */
  lastUs = 0;
  /** How many failed with each errno. */
  readonly failures: Map<string, number> = new Map();
  /** The same by what brought it about: `ETIMEDOUT: R2 timeout`. */
  readonly causes: Map<string, number> = new Map();
  /** From the first `close` to TIME-WAIT. */
  readonly #close: Histogram;
  /** From `connect` until neither end is left, TIME-WAIT included. */
  readonly #lifetime: Histogram;
  readonly #connections: Connections;

  constructor(connections: Connections, measures: Measures) {
    this.#connections = connections;
    this.#close = measures.histogram("close");
    this.#lifetime = measures.histogram("lifetime");
  }

  /** A call was refused, or a connection broke. */
  fail(errno: string, cause: string): void {
    this.failures.set(errno, (this.failures.get(errno) ?? 0) + 1);
    const both = `${errno}: ${cause}`;
    this.causes.set(both, (this.causes.get(both) ?? 0) + 1);
  }

  changed(end: End, host: BulkHost, change: Readonly<StateChange>, nowUs: number): void {
    const { from, to } = change;
    const { states } = host;
    if (from > State.LISTEN) states[from] = (states[from] ?? 0) - 1;
    if (to > State.LISTEN) states[to] = (states[to] ?? 0) + 1;
    else countEnd(host.counters, change);
    const slot = end >>> 1;
    if (to === State.TIME_WAIT) this.#inTimeWait(slot, host, nowUs);
    const before = this.#connections.marks(slot);
    const after = this.#marksAfter(before, end & 1, change);
    if (after === before) return;
    this.#connections.setMarks(slot, after);
    if (after === 0 && isOfOurs(before))
      this.#lifetime.record(nowUs - this.#connections.openedAtUs(slot));
  }

  /**
   * A new connection takes the place of one that stands in TIME-WAIT at this end, which was over
   * for its users anyhow. Counted once, whichever end of the new one comes first.
   *
   * @param lifetimeUs how long the old one lived, if that is known
   */
  superseded(end: End, lifetimeUs?: number): void {
    const slot = end >>> 1;
    const before = this.#connections.marks(slot);
    const alive = Mark.ALIVE_A << (end & 1);
    if ((before & alive) === 0) return;
    if (isOfOurs(before) && (before & Mark.BROKEN) === 0) this.closed += 1;
    if (lifetimeUs !== undefined) this.#lifetime.record(lifetimeUs);
    this.#connections.setMarks(slot, before & ~(Mark.ESTABLISHED | Mark.BROKEN | alive));
  }

  #inTimeWait(slot: number, host: BulkHost, nowUs: number): void {
    host.counters.TW += 1;
    const sinceUs = this.#connections.closingAtUs(slot);
    if (sinceUs > 0) this.#close.record(nowUs - sinceUs);
  }

  /** The marks of a connection after a change at one end, which is 0 or 1. */
  #marksAfter(before: number, side: number, change: Readonly<StateChange>): number {
    const { from, to } = change;
    let marks = before;
    if (to === State.SYN_SENT) marks |= Mark.OPENED_A << side;
    if (to === State.ESTABLISHED) marks = this.#establishes(marks | (Mark.ESTABLISHED_A << side));
    else if (from === State.ESTABLISHED) marks = this.#leaves(marks, Mark.ESTABLISHED_A << side);
    const alive = Mark.ALIVE_A << side;
    if (to > State.LISTEN) return marks | alive;
    if ((marks & alive) === 0) return marks;
    marks &= ~alive;
    // Nobody has the other end of a handshake yet: whoever called knows best what became of it.
    const isHalfOpen = from === State.SYN_RECEIVED && (marks & (Mark.OPENED_A << side)) === 0;
    if (!isGoodEnd(change) && !isHalfOpen) marks = this.#breaks(marks);
    if ((marks & (Mark.ALIVE_A | Mark.ALIVE_B)) !== 0) return marks;
    if (isOfOurs(marks) && (marks & Mark.BROKEN) === 0) this.closed += 1;
    return 0;
  }

  #breaks(marks: number): number {
    if (isOfOurs(marks) && (marks & Mark.BROKEN) === 0) this.failed += 1;
    return marks | Mark.BROKEN;
  }

  #establishes(marks: number): number {
    const both = Mark.ESTABLISHED_A | Mark.ESTABLISHED_B;
    if ((marks & both) !== both) return marks;
    this.alive += 1;
    if (this.alive > this.peakAlive) this.peakAlive = this.alive;
    if ((marks & Mark.ESTABLISHED) === 0) this.established += 1;
    return marks | Mark.ESTABLISHED;
  }

  #leaves(marks: number, established: number): number {
    const both = Mark.ESTABLISHED_A | Mark.ESTABLISHED_B;
    if ((marks & both) === both) this.alive -= 1;
    return marks & ~established;
  }
}
