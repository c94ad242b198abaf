import { Cause, State, type StateChange } from "@synfin/core/tcp";
import { type Connections, type End, Mark } from "./connections.ts";
import type { BulkHost } from "./host.ts";

/** Ends of a connection that its users meant. */
function isGoodEnd(cause: Cause): boolean {
  return (
    cause === Cause.TIME_WAIT_TIMEOUT ||
    cause === Cause.RCV_ACK_OF_FIN ||
    cause === Cause.ABORT ||
    cause === Cause.CLOSE ||
    cause === Cause.FIN_WAIT_2_TIMEOUT
  );
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
  /** Connections that are over after a reset, a timeout or an error. */
  failed = 0;
  /** Connections ESTABLISHED at both ends now, and the most of them at once. */
  alive = 0;
  peakAlive = 0;
  /** When the last connection changed its state. */
  lastUs = 0;
  /** How many failed with each errno. */
  readonly failures: Map<string, number> = new Map();
  readonly #connections: Connections;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** A call was refused, or a connection broke. */
  fail(errno: string): void {
    this.failures.set(errno, (this.failures.get(errno) ?? 0) + 1);
  }

  changed(end: End, host: BulkHost, change: Readonly<StateChange>): void {
    const { from, to } = change;
    if (from > State.LISTEN) host.states[from] = (host.states[from] ?? 0) - 1;
    if (to > State.LISTEN) host.states[to] = (host.states[to] ?? 0) + 1;
    if (to === State.TIME_WAIT) host.counters.TW += 1;
    const slot = end >>> 1;
    const { marks } = this.#connections;
    marks[slot] = this.#marksAfter(marks[slot] ?? 0, end & 1, change);
  }

  /** The marks of a connection after a change at one end, which is 0 or 1. */
  #marksAfter(before: number, side: number, { from, to, cause }: Readonly<StateChange>): number {
    let marks = before;
    if (to === State.ESTABLISHED) marks = this.#nowEstablished(marks | (Mark.ESTABLISHED_A << side));
    else if (from === State.ESTABLISHED) marks = this.#noMore(marks, Mark.ESTABLISHED_A << side);
    const alive = Mark.ALIVE_A << side;
    if (to > State.LISTEN) return marks | alive;
    if ((marks & alive) === 0) return marks;
    marks &= ~alive;
    if (!isGoodEnd(cause)) marks |= Mark.BROKEN;
    if ((marks & (Mark.ALIVE_A | Mark.ALIVE_B)) !== 0) return marks;
    if ((marks & Mark.BROKEN) === 0) this.closed += 1;
    else this.failed += 1;
    return 0;
  }

  #nowEstablished(marks: number): number {
    const both = Mark.ESTABLISHED_A | Mark.ESTABLISHED_B;
    if ((marks & both) !== both) return marks;
    this.alive += 1;
    if (this.alive > this.peakAlive) this.peakAlive = this.alive;
    if ((marks & Mark.ESTABLISHED) === 0) this.established += 1;
    return marks | Mark.ESTABLISHED;
  }

  #noMore(marks: number, established: number): number {
    const both = Mark.ESTABLISHED_A | Mark.ESTABLISHED_B;
    if ((marks & both) === both) this.alive -= 1;
    return marks & ~established;
  }
}
