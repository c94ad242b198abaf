import { clearOutbox, type Segment, State, type Tcb, timeouts } from "@synfin/core/tcp";
import type { Errno } from "@synfin/sockets";
import { Arrivals } from "./arrivals.ts";
import { isPortInUse } from "./binding.ts";
import { BulkListener, type BulkListenOptions } from "./bulk-listener.ts";
import { act, CALL_NAMES, Call } from "./calls.ts";
import { type Connections, type End, hostOf } from "./connections.ts";
import type { Tuple } from "./flights.ts";
import type { BulkHost } from "./host.ts";
import type { Measures } from "./measures.ts";
import { type ConnectOptions, Opening } from "./opening.ts";
import { hasTooManyOrphans } from "./orphans.ts";
import { Parts } from "./parts.ts";
import type { RunningDigest } from "./running-digest.ts";
import type { CellOptions, CellSpec } from "./spec.ts";
import { Steps, TIMER } from "./steps.ts";
import type { Tally } from "./tally.ts";
import { RollSteps } from "./watch/roll-steps.ts";
import { WatchedArrivals } from "./watch/watched-arrivals.ts";
import { WatchedSteps } from "./watch/watched-steps.ts";
import { FLIGHT } from "./wire.ts";

/** The kinds of events beside `FLIGHT` and `TIMER`; those of an application count on from `APP`. */
const HOST = 2;
const APP = 3;

/** Plain ones, unless someone looks on. */
function stepsFor(parts: Parts, cell: Cell): Steps {
  const { watch, roll } = parts;
  if (watch !== undefined) return new WatchedSteps(parts, cell, watch);
  return roll === undefined ? new Steps(parts, cell) : new RollSteps(parts, cell, roll);
}

export interface BindOptions {
  /** SO_REUSEADDR. */
  readonly reuseAddress?: boolean;
}

/**
 * A cell at work: events in their order, the machine at each end, and the
 * calls of the applications. Cells share nothing, so any shard can run any of
 * them; all of a cell's results are its own.
 */
export class Cell {
  /** Events that did something, and segments that met the machine. */
  events = 0;
  arrivals = 0;
  readonly #parts: Parts;
  readonly #steps: Steps;
  readonly #opening: Opening;
  readonly #arrivals: Arrivals;

  constructor(spec: CellSpec, options: CellOptions) {
    this.#parts = new Parts(spec, options);
    const { watch } = options;
    this.#steps = stepsFor(this.#parts, this);
    this.#opening = new Opening(this.#parts, this.#steps);
    const hands = { parts: this.#parts, steps: this.#steps, opening: this.#opening, cell: this };
    this.#arrivals = watch ? new WatchedArrivals(hands, watch) : new Arrivals(hands);
    this.#addRings(spec);
    for (const host of this.hosts) host.application.begin?.(this, host);
  }

  /** A ring for each timer whose length the parameters fix. */
  #addRings({ hosts, whiles = [] }: CellSpec): void {
    const { queue } = this.#parts;
    for (const { params } of hosts) {
      queue.addRing(TIMER, params.initialRtoUs);
      queue.addRing(TIMER, params.minRtoUs);
      queue.addRing(TIMER, 2 * params.mslUs);
    }
    for (const { what, afterUs } of whiles) queue.addRing(APP + what, afterUs);
  }

  get nowUs(): number {
    return this.#parts.nowUs;
  }

  /** All draws of this cell have this key; see `drawKey`. */
  get key(): number {
    return this.#parts.key;
  }

  get hosts(): readonly BulkHost[] {
    return this.#parts.hosts;
  }

  get connections(): Connections {
    return this.#parts.connections;
  }

  get tally(): Tally {
    return this.#parts.tally;
  }

  get measures(): Measures {
    return this.#parts.measures;
  }

  get digest(): RunningDigest {
    return this.#parts.digest;
  }

  /** Segments that the link or a box on it has lost. */
  get dropped(): number {
    return this.#parts.wire.dropped;
  }

  /** Octets of memory that the cell holds. */
  get bytes(): number {
    return this.#parts.bytes;
  }

  /** The time of the next event, or `Infinity`. */
  get nextUs(): number {
    return this.#parts.queue.nextUs;
  }

  /**
   * Lets happen what happens before `untilUs`, at most `most` events.
   *
   * @returns how many it took from the queue; fewer than `most` means that nothing is left
   */
  run(untilUs: number, most: number): number {
    const { queue } = this.#parts;
    let taken = 0;
    while (taken < most && queue.pop(untilUs)) {
      taken += 1;
      const { kind, ref, tag, atUs } = queue;
      if (kind === FLIGHT) this.#arrives(atUs, ref);
      else if (kind === TIMER) this.#timer(atUs, ref);
      else if (kind === HOST) this.#hostDue(atUs, ref, tag);
      else this.#appDue(atUs, ref, tag, kind - APP);
    }
    return taken;
  }

  /** One more event that does something, in the digest and on the clock. */
  #happens(atUs: number, kind: number, ref: number): void {
    const parts = this.#parts;
    parts.nowUs = atUs;
    this.events += 1;
    parts.digest.time(atUs);
    parts.digest.word((ref << 3) | kind);
  }

  #arrives(atUs: number, flight: number): void {
    const end = this.#arrivals.take(flight);
    this.#happens(atUs, FLIGHT, end);
    this.#arrivals.note();
    this.arrivals += 1;
    this.#arrivals.arrive(end);
    this.#parts.flights.drop(flight);
  }

  #timer(atUs: number, end: End): void {
    const { connections, store, out } = this.#parts;
    // Looked at before the row is loaded: a third of all timers are long stale.
    if (connections.armedUs(end) !== atUs) return;
    this.#happens(atUs, TIMER, end);
    connections.arm(end, Number.POSITIVE_INFINITY);
    const host = this.hostOf(end);
    const tcb = store.load(end, host.home);
    clearOutbox(out);
    const before = tcb.retransmits;
    timeouts(tcb, atUs, host.params, out);
    if (tcb.retransmits > before) host.counters.RetransSegs += 1;
    this.#steps.finish(end, host, tcb);
  }

  #hostDue(atUs: number, ref: number, tag: number): void {
    const host = this.#parts.host(ref & 0xfff);
    this.#happens(atUs, HOST, ref);
    host.application.hostDue?.(this, host, ref >>> 12, tag);
  }

  #appDue(atUs: number, end: End, flow: number, what: number): void {
    if ((this.connections.flow(end) | 0) !== flow) return;
    this.#happens(atUs, APP, end);
    this.hostOf(end).application.due?.(this, end, what);
  }

  hostOf(end: End): BulkHost {
    return this.#parts.host(hostOf(this.connections.address(end)));
  }

  state(end: End): State {
    return this.#parts.store.state(end);
  }

  /** Tells the application of this end's host, after so long, unless the end is gone by then. */
  later(end: End, afterUs: number, what: number): void {
    const { queue, nowUs, connections } = this.#parts;
    queue.push(APP + what, nowUs + afterUs, nowUs, end, connections.flow(end) | 0);
  }

  /** Tells the application of this host, after so long. */
  laterHost(host: BulkHost, afterUs: number, what: number, tag = 0): void {
    const { queue, nowUs } = this.#parts;
    queue.push(HOST, nowUs + afterUs, nowUs, host.index | (what << 12), tag);
  }

  listen(host: BulkHost, port: number, options: BulkListenOptions = {}): void {
    const listener = new BulkListener(host, options);
    host.listeners.set(port, listener);
    if (listener.isBounded || listener.acceptsByHand) host.hasQueues = true;
  }

  /** Closes a listener; what waits there, or is half-open, is reset (as `close` does it). */
  unlisten(host: BulkHost, port: number): void {
    const listener = host.listeners.get(port);
    host.listeners.delete(port);
    for (const end of listener?.waiting ?? []) this.abort(end);
    for (const end of listener?.halfOpen ?? []) this.abort(end);
  }

  /**
   * `bind` to a port at any address of the host. TIME-WAIT stands in its way
   * like any other connection, unless SO_REUSEADDR is set.
   *
   * @returns the errno of a call that was refused
   */
  bind(host: BulkHost, port: number, options: BindOptions = {}): Errno | undefined {
    const { digest, measures, nowUs, connections, store } = this.#parts;
    const inTheWay =
      options.reuseAddress !== true && isPortInUse(connections, store, host.index, port);
    if (!inTheWay && !host.listeners.has(port)) return undefined;
    measures.first("EADDRINUSE", nowUs);
    digest.word("EADDRINUSE".length);
    return "EADDRINUSE";
  }

  /** `accept`: the next connection whose handshake is done, or −1 where none waits. */
  accept(host: BulkHost, port: number): End {
    const listener = host.listeners.get(port);
    const [end] = listener?.waiting ?? [];
    if (listener === undefined || end === undefined) return -1;
    listener.waiting.delete(end);
    return end;
  }

  /**
   * `connect`: sends a SYN.
   *
   * @returns the end, or the errno of a call that was refused
   */
  connect(
    host: BulkHost,
    remote: number,
    remotePort: number,
    options?: ConnectOptions,
  ): End | Errno {
    return this.#opening.connect(host, remote, remotePort, options);
  }

  /** `shutdown(SHUT_WR)`: the CLOSE of RFC 9293. Does nothing where there is nothing to close. */
  shutdown(end: End): void {
    this.#call(end, Call.SHUTDOWN, 0);
  }

  /** `close`: done with both directions; what was received and not read is lost (SHLD-3). */
  close(end: End): void {
    this.#call(end, Call.CLOSE, 0);
  }

  /** ABORT: `close` under SO_LINGER with no time, a reset. */
  abort(end: End): void {
    this.#call(end, Call.ABORT, 0);
  }

  /** `send`: so many octets, all at once. */
  send(end: End, octets: number): void {
    this.#call(end, Call.SEND, octets);
  }

  /** `setsockopt(SO_KEEPALIVE)`. */
  keepAlive(end: End, on: boolean): void {
    this.#call(end, Call.KEEP_ALIVE, on ? 1 : 0);
  }

  /**
   * A raw socket: sends a segment that no connection sends, from any address.
   *
   * @param fields of the segment that are not 0 or absent
   */
  inject(host: BulkHost, tuple: Tuple, fields: Partial<Segment>): void {
    this.#steps.inject(host, { ...tuple, flow: this.#opening.nextFlow(), sender: -1 }, fields);
  }

  /** What an end's machine knows; valid until the next call. */
  peek(end: End): Readonly<Tcb> {
    return this.#parts.store.load(end, this.hostOf(end).home);
  }

  #call(end: End, call: Call, argument: number): void {
    const { store, out, connections, nowUs, watch } = this.#parts;
    if (store.state(end) === State.CLOSED) return;
    const host = this.hostOf(end);
    if (watch !== undefined) {
      const octets = call === Call.SEND ? argument : undefined;
      watch.called(connections.flow(end), { atUs: nowUs, host }, CALL_NAMES[call], octets);
    }
    const tcb = store.load(end, host.home);
    clearOutbox(out);
    act(tcb, call, argument, nowUs, host.params, out);
    if (tcb.finQueued === 1 && connections.closingAtUs(end >>> 1) === 0) {
      connections.setClosingAt(end >>> 1, nowUs);
    }
    this.#steps.finish(end, host, tcb);
    if (call === Call.CLOSE && hasTooManyOrphans(host)) this.#abandon(end, host);
  }

  /** Linux's `tcp_check_oom`: the FIN has gone out, and a reset follows it. */
  #abandon(end: End, host: BulkHost): void {
    const { store } = this.#parts;
    const state = store.state(end);
    if (state !== State.FIN_WAIT_1 && state !== State.LAST_ACK) return;
    host.counters.TCPAbortOnMemory += 1;
    this.#call(end, Call.ABORT, 0);
  }
}
