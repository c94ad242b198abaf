import { Cause, State, type StateChange } from "@synfin/core/tcp";
import type { Moment, Observer } from "../world/observer.ts";
import { STATE_COUNT } from "./frame.ts";
import { Samples } from "./samples.ts";

/** What has become of each connection so far, one bit each. */
const Mark = {
  OPENED: 1,
  CLIENT_ESTABLISHED: 2,
  SERVER_ESTABLISHED: 4,
  ESTABLISHED: 8,
  CLIENT_ALIVE: 16,
  SERVER_ALIVE: 32,
  /** An end was lost to a reset or a timeout. */
  BROKEN: 64,
  OVER: 128,
} as const;

/** Ends of a connection that are as RFC 9293 means them to be. */
const GOOD_ENDS: readonly Cause[] = [Cause.TIME_WAIT_TIMEOUT, Cause.RCV_ACK_OF_FIN];

/**
 * Counts the crowd by watching changes of state, and never by looking through
 * it. Each connection is in one state at each end at any time: CLOSED before
 * its first SYN and after its end, also at the server, whose listener is not a
 * connection. So the counts of either end always add up to all connections.
 */
export class CrowdCensus implements Observer {
  readonly client: number[];
  readonly server: number[];
  readonly clientPeaks: number[] = new Array<number>(STATE_COUNT).fill(0);
  readonly samples: Samples;
  opened = 0;
  established = 0;
  closed = 0;
  failed = 0;
  /** When the last change of state happened. */
  lastAtUs = 0;
  readonly #marks: Uint8Array;

  /** @param intervalUs of virtual time between two samples, to begin with */
  constructor(connections: number, intervalUs: number) {
    this.client = [connections, ...new Array<number>(STATE_COUNT - 1).fill(0)];
    this.server = [...this.client];
    this.#marks = new Uint8Array(connections + 1);
    this.samples = new Samples(intervalUs);
  }

  changed({ atUs, host, flow }: Moment, change: Readonly<StateChange>): void {
    if (flow === 0) return;
    // What was true until now is the sample of every moment up to now.
    this.samples.upTo(atUs, this.client, this.server);
    this.lastAtUs = atUs;
    const counts = host === 0 ? this.server : this.client;
    move(counts, held(change.from), held(change.to));
    if (host !== 0) this.#notePeak(held(change.to));
    this.#mark(flow, host !== 0, change);
  }

  #notePeak(state: State): void {
    const count = this.client[state] ?? 0;
    if (count > (this.clientPeaks[state] ?? 0)) this.clientPeaks[state] = count;
  }

  #mark(flow: number, isClient: boolean, change: Readonly<StateChange>): void {
    const before = this.#marks[flow] ?? 0;
    const marks = marksAfter(before, isClient, change);
    this.#marks[flow] = marks;
    const fresh = marks & ~before;
    if ((fresh & Mark.OPENED) !== 0) this.opened += 1;
    if ((fresh & Mark.ESTABLISHED) !== 0) this.established += 1;
    if ((fresh & Mark.OVER) === 0) return;
    if ((marks & Mark.BROKEN) === 0) this.closed += 1;
    else this.failed += 1;
  }
}

/** The listener's record is not a connection: before and after, a connection is CLOSED. */
function held(state: State): State {
  return state === State.LISTEN ? State.CLOSED : state;
}

function move(counts: number[], from: State, to: State): void {
  counts[from] = (counts[from] ?? 0) - 1;
  counts[to] = (counts[to] ?? 0) + 1;
}

function marksAfter(before: number, isClient: boolean, change: Readonly<StateChange>): number {
  const alive = isClient ? Mark.CLIENT_ALIVE : Mark.SERVER_ALIVE;
  const established = isClient ? Mark.CLIENT_ESTABLISHED : Mark.SERVER_ESTABLISHED;
  const both = Mark.CLIENT_ESTABLISHED | Mark.SERVER_ESTABLISHED;
  let marks = before | (isClient ? Mark.OPENED : 0);
  if (change.to === State.ESTABLISHED) marks |= established;
  if ((marks & both) === both) marks |= Mark.ESTABLISHED;
  if (held(change.to) !== State.CLOSED) return marks | alive;
  marks &= ~alive;
  if (!GOOD_ENDS.includes(change.cause)) marks |= Mark.BROKEN;
  const anyAlive = (marks & (Mark.CLIENT_ALIVE | Mark.SERVER_ALIVE)) !== 0;
  return anyAlive ? marks : marks | Mark.OVER;
}
