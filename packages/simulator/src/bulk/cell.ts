import {
  abort,
  clearOutbox,
  close,
  closeBoth,
  mayTakeOver,
  type Outbox,
  open,
  type Segment,
  State,
  send,
  seqAdd,
  setKeepAlive,
  type Tcb,
  type TcpParams,
  takeOver,
  timeouts,
} from "@synfin/core/tcp";
import type { Errno } from "@synfin/sockets";
import { draw, finish, mix, Purpose } from "../random/draw.ts";
import { Arrivals } from "./arrivals.ts";
import { isPortInUse } from "./binding.ts";
import { BulkListener, type BulkListenOptions } from "./bulk-listener.ts";
import { addressOf, type Connections, type End, hostOf } from "./connections.ts";
import type { Envelope } from "./flights.ts";
import type { BulkHost } from "./host.ts";
import type { Measures } from "./measures.ts";
import { hasTooManyOrphans } from "./orphans.ts";
import { Parts } from "./parts.ts";
import type { RunningDigest } from "./running-digest.ts";
import type { CellOptions, CellSpec } from "./spec.ts";
import { Steps, TIMER } from "./steps.ts";
import type { Tally } from "./tally.ts";
import { WatchedArrivals } from "./watch/watched-arrivals.ts";
import { WatchedSteps } from "./watch/watched-steps.ts";
import { FLIGHT } from "./wire.ts";

/** The kinds of events beside `FLIGHT` and `TIMER`; those of an application count on from `APP`. */
const HOST = 2;
const APP = 3;

/** How far above the old SND.NXT Linux opens in the place of a TIME-WAIT. */
const TAKE_OVER_STEP = 65_537;

export interface ConnectOptions {
  /** Which of the host's addresses; the first by default. */
  readonly nth?: number;
  /** Without it the host chooses an ephemeral port of its first address. */
  readonly localPort?: number;
  /** The initial sequence number; RFC 6528's by default. */
  readonly iss?: number;
  /** Where its timestamp clock starts; somewhere of the connection's own by default. */
  readonly tsOffset?: number;
}

export interface BindOptions {
  /** SO_REUSEADDR. */
  readonly reuseAddress?: boolean;
}

const ANY_PORT: ConnectOptions = {};

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
  readonly #arrivals: Arrivals;
  #flowsMade = 0;

  constructor(spec: CellSpec, options: CellOptions) {
    this.#parts = new Parts(spec, options);
    const { watch } = options;
    this.#steps = watch ? new WatchedSteps(this.#parts, this, watch) : new Steps(this.#parts, this);
    this.#arrivals = watch
      ? new WatchedArrivals(this.#parts, this.#steps, this, watch)
      : new Arrivals(this.#parts, this.#steps, this);
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
    options: ConnectOptions = ANY_PORT,
  ): End | Errno {
    const { connections, tally, out, nowUs, watch } = this.#parts;
    tally.opened += 1;
    this.#flowsMade += 1;
    const flow = this.#flowsMade;
    const { nth = 0, localPort } = options;
    const port = localPort ?? this.#choosePort(host, remote, remotePort, flow);
    if (port < 0) return this.#refuse(host.ports.errno, host, flow);
    const end = this.#endFor(addressOf(host.index, nth), port, remote, remotePort, host);
    if (end < 0) return this.#refuse("EADDRINUSE", host, flow);
    if (localPort !== undefined && nth === 0) host.ports.mark(remote, remotePort, port);
    const takesOver = this.state(end) === State.TIME_WAIT;
    if (this.state(end ^ 1) === State.TIME_WAIT) tally.superseded(end ^ 1);
    if (takesOver) tally.superseded(end, nowUs - connections.openedAtUs(end >>> 1));
    connections.setFlow(end, flow);
    connections.opens(end >>> 1, nowUs);
    watch?.called(flow, { atUs: nowUs, host }, "connect");
    clearOutbox(out);
    const tcb = takesOver ? this.#takeOver(end, host) : this.#open(end, host, flow, options);
    host.counters.ActiveOpens += 1;
    this.#steps.finish(end, host, tcb);
    return end;
  }

  #open(end: End, host: BulkHost, flow: number, { iss, tsOffset }: ConnectOptions): Tcb {
    const tcb = this.fresh(end, host, flow);
    if (tsOffset !== undefined) tcb.tsOffset = tsOffset;
    open(tcb, iss ?? this.chooseIss(host, end), this.nowUs, host.params, this.#parts.out);
    return tcb;
  }

  #takeOver(end: End, host: BulkHost): Tcb {
    const tcb = this.#parts.store.load(end, host.home);
    takeOver(tcb, seqAdd(tcb.sndNxt, TAKE_OVER_STEP), this.nowUs, host.params, this.#parts.out);
    host.counters.TWRecycled += 1;
    return tcb;
  }

  #choosePort(host: BulkHost, remote: number, remotePort: number, flow: number): number {
    const word = draw(this.key, Purpose.PORT, flow, host.index, 0);
    if (host.timeWaitReuseUs === Number.POSITIVE_INFINITY) {
      return host.ports.take(remote, remotePort, word);
    }
    const local = addressOf(host.index, 0);
    return host.ports.take(remote, remotePort, word, (port) => {
      const end = this.connections.find(local, port, remote, remotePort);
      return end >= 0 && this.#isOver(end, host);
    });
  }

  /** Whether a `connect` may have this tuple although TIME-WAIT stands in it. */
  #isOver(end: End, host: BulkHost): boolean {
    const { store, nowUs } = this.#parts;
    if (store.state(end) !== State.TIME_WAIT) return false;
    return mayTakeOver(store.load(end, host.home), nowUs, host.timeWaitReuseUs);
  }

  #refuse(errno: Errno, host: BulkHost, flow: number): Errno {
    const { tally, digest, measures, nowUs, watch } = this.#parts;
    watch?.called(flow, { atUs: nowUs, host }, "connect", undefined, errno);
    tally.failed += 1;
    tally.fail(errno, "connect");
    measures.first(errno, nowUs);
    digest.word(errno.length);
    return errno;
  }

  /** The end of this tuple, made if need be; −1 where it is taken. */
  #endFor(local: number, port: number, remote: number, remotePort: number, host: BulkHost): End {
    const { connections, store } = this.#parts;
    const known = connections.find(local, port, remote, remotePort);
    if (known >= 0) {
      const isFree = store.state(known) === State.CLOSED || this.#isOver(known, host);
      return isFree ? known : -1;
    }
    const slot = connections.add(local, port, remote, remotePort);
    store.reserve(2 * connections.slots);
    return 2 * slot;
  }

  /** A TCB that is about to open. */
  fresh(end: End, host: BulkHost, flow: number): Tcb {
    const tcb = this.#parts.store.fresh(end);
    const stamped = host.params.timestamps === 1;
    tcb.tsOffset = stamped ? draw(this.key, Purpose.ISS, flow, host.index, 1) : 0;
    return tcb;
  }

  /** RFC 6528, M + F(tuple, key); nobody in here could compute F, so a plain hash does. */
  chooseIss(host: BulkHost, end: End): number {
    const { connections } = this;
    const other = end ^ 1;
    const ours = mix(mix(this.key, connections.address(end)), connections.port(end));
    const both = mix(mix(ours, connections.address(other)), connections.port(other));
    return seqAdd(Math.floor(this.nowUs / 4), finish(mix(both, host.index)));
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
  inject(host: BulkHost, tuple: Readonly<Omit<Envelope, "flow">>, fields: Partial<Segment>): void {
    this.#flowsMade += 1;
    this.#steps.inject(host, { ...tuple, flow: this.#flowsMade }, fields);
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

/** The user calls of §3.10 that a cell's applications make. */
const Call = { SHUTDOWN: 0, CLOSE: 1, ABORT: 2, SEND: 3, KEEP_ALIVE: 4 } as const;
type Call = (typeof Call)[keyof typeof Call];

/** How a trace names them. */
const CALL_NAMES = ["shutdown", "close", "abort", "send", "keep-alive"] as const;

function act(
  tcb: Tcb,
  call: Call,
  argument: number,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): void {
  switch (call) {
    case Call.SHUTDOWN:
      close(tcb, nowUs, params, out);
      return;
    case Call.CLOSE:
      // What was received and not read is lost, and a reset says so (SHLD-3).
      if (tcb.rcvFree < tcb.rcvBuf) abort(tcb, nowUs, params, out);
      else closeBoth(tcb, nowUs, params, out);
      return;
    case Call.ABORT:
      abort(tcb, nowUs, params, out);
      return;
    case Call.SEND:
      send(tcb, argument, nowUs, params, out);
      return;
    case Call.KEEP_ALIVE:
      setKeepAlive(tcb, argument === 1, nowUs, params);
  }
}
