import {
  abort,
  Cause,
  clearOutbox,
  close,
  closeBoth,
  closedSegmentArrives,
  createOutbox,
  createSegment,
  createTcb,
  Flag,
  listenSegmentArrives,
  type Outbox,
  open,
  pollAt,
  receive,
  reopen,
  type Segment,
  Signal,
  State,
  segmentArrives,
  send,
  seqAdd,
  seqLt,
  type Tcb,
  timeouts,
  timeWaitTakes,
} from "@synfin/core/tcp";
import type { Errno } from "@synfin/sockets";
import { draw, finish, mix, Purpose } from "../random/draw.ts";
import { addressOf, Connections, type End, hostOf } from "./connections.ts";
import { createEnvelope, type Envelope, Flights } from "./flights.ts";
import { BulkHost, type HostSpec } from "./host.ts";
import { PacketTrip } from "./packet-trip.ts";
import { EventQueue } from "./queue.ts";
import { RunningDigest } from "./running-digest.ts";
import { Tally } from "./tally.ts";
import { ObjectStore, RowStore, type TcbStore } from "./tcb-store.ts";
import { type Box, type BulkLink, countSent, FLIGHT, Wire } from "./wire.ts";

/** The kinds of events beside `FLIGHT`; those of an application count on from `APP`. */
const TIMER = 1;
const HOST = 2;
const APP = 3;

/** What RFC 6528's clock gains in half a second. */
const ISS_STEP = 125_000;

/** Everything that shares a resource: hosts, the ports of each, and what lies between them. */
export interface CellSpec {
  readonly hosts: readonly HostSpec[];
  readonly link: BulkLink;
  readonly box?: Box;
  /** Whiles that applications measure often (see `Cell.later`), each of which gets a ring. */
  readonly whiles?: readonly { readonly what: number; readonly afterUs: number }[];
}

export interface CellOptions {
  /** See `drawKey`: of the run, the replication and this cell. */
  readonly key: number;
  /** Every segment goes through the codec and back. */
  readonly paranoid: boolean;
  /** TCBs at rest as rows, or as plain objects. */
  readonly store: "rows" | "objects";
}

/**
 * A cell at work: events in their order, the machine at each end, and the
 * calls of the applications. Cells share nothing, so any shard can run any of
 * them; all of a cell's results are its own.
 */
export class Cell {
  nowUs = 0;
  /** Events that did something, and segments that met the machine. */
  events = 0;
  arrivals = 0;
  readonly key: number;
  readonly hosts: readonly BulkHost[];
  readonly connections: Connections = new Connections();
  readonly tally: Tally = new Tally(this.connections);
  readonly digest: RunningDigest = new RunningDigest();
  readonly wire: Wire;
  readonly #queue = new EventQueue();
  readonly #flights = new Flights();
  readonly #store: TcbStore;
  readonly #out: Outbox = createOutbox();
  readonly #leaving: Envelope = createEnvelope();
  readonly #arriving: Envelope = createEnvelope();
  readonly #segment: Segment = createSegment();
  readonly #spare: Tcb = createTcb();
  #flowsMade = 0;
  #strays = 0;

  constructor(spec: CellSpec, options: CellOptions) {
    this.key = options.key;
    this.#store = options.store === "rows" ? new RowStore() : new ObjectStore();
    const trip = options.paranoid ? new PacketTrip() : undefined;
    this.wire = new Wire(spec.link, this.key, this.#queue, this.#flights, trip);
    this.wire.box = spec.box;
    this.hosts = spec.hosts.map((host, index) => new BulkHost(index, host));
    this.#addRings(spec);
    for (const host of this.hosts) host.application.begin?.(this, host);
  }

  /** A ring for each timer whose length the parameters fix. */
  #addRings({ hosts, whiles = [] }: CellSpec): void {
    for (const { params } of hosts) {
      this.#queue.addRing(TIMER, params.initialRtoUs);
      this.#queue.addRing(TIMER, params.minRtoUs);
      this.#queue.addRing(TIMER, 2 * params.mslUs);
    }
    for (const { what, afterUs } of whiles) this.#queue.addRing(APP + what, afterUs);
  }

  /** The time of the next event, or `Infinity`. */
  get nextUs(): number {
    return this.#queue.nextUs;
  }

  get bytes(): number {
    return (
      this.#store.bytes + this.connections.bytes + this.#queue.bytes + this.#flights.bytes
    );
  }

  /**
   * Lets happen what happens before `untilUs`, at most `most` events.
   *
   * @returns how many it took from the queue; fewer than `most` means that nothing is left
   */
  run(untilUs: number, most: number): number {
    const queue = this.#queue;
    let taken = 0;
    while (taken < most && queue.pop(untilUs)) {
      taken += 1;
      const { kind, ref, tag } = queue;
      if (kind === FLIGHT) this.#arrives(queue.atUs, ref);
      else if (kind === TIMER) this.#timer(queue.atUs, ref);
      else if (kind === HOST) this.#hostDue(queue.atUs, ref, tag);
      else this.#appDue(queue.atUs, ref, tag, kind - APP);
    }
    return taken;
  }

  /** One more event that does something, in the digest and on the clock. */
  #happens(atUs: number, kind: number, ref: number): void {
    this.nowUs = atUs;
    this.events += 1;
    this.digest.time(atUs);
    this.digest.word((ref << 3) | kind);
  }

  hostOf(end: End): BulkHost {
    return this.#hostAt(this.connections.address[end] ?? 0);
  }

  #hostAt(address: number): BulkHost {
    const host = this.hosts[hostOf(address)];
    if (host === undefined) throw new Error(`synfin: no host at ${address}`);
    return host;
  }

  state(end: End): State {
    return this.#store.state(end);
  }

  /** Tells the application of this end's host, after so long, unless the end is gone by then. */
  later(end: End, afterUs: number, what: number): void {
    const atUs = this.nowUs + afterUs;
    this.#queue.push(APP + what, atUs, this.nowUs, end, (this.connections.flow[end] ?? 0) | 0);
  }

  /** Tells the application of this host, after so long. */
  laterHost(host: BulkHost, afterUs: number, what: number, tag = 0): void {
    this.#queue.push(HOST, this.nowUs + afterUs, this.nowUs, host.index | (what << 12), tag);
  }

  listen(host: BulkHost, port: number): void {
    host.listening.add(port);
  }

  /**
   * `connect`: sends a SYN. Without `localPort` the host chooses an ephemeral one.
   *
   * @returns the end, or the errno of a call that was refused
   */
  connect(
    host: BulkHost,
    remote: number,
    remotePort: number,
    { nth = 0, localPort }: { readonly nth?: number; readonly localPort?: number } = {},
  ): End | Errno {
    this.tally.opened += 1;
    const flow = ++this.#flowsMade;
    const local = addressOf(host.index, nth);
    const port = localPort ?? this.#choosePort(host, remote, remotePort, flow);
    if (port < 0) return this.#refuse("EADDRNOTAVAIL");
    const end = this.#endFor(local, port, remote, remotePort);
    if (end < 0) return this.#refuse("EADDRINUSE");
    if (localPort !== undefined && nth === 0) host.ports.mark(remote, remotePort, port);
    this.connections.flow[end] = flow;
    this.connections.openedAtUs[end >>> 1] = this.nowUs;
    this.connections.closingAtUs[end >>> 1] = 0;
    const tcb = this.#fresh(end, host, flow);
    clearOutbox(this.#out);
    open(tcb, this.#chooseIss(host, end), this.nowUs, host.params, this.#out);
    host.counters.ActiveOpens += 1;
    this.#finish(end, host, tcb);
    return end;
  }

  #choosePort(host: BulkHost, remote: number, remotePort: number, flow: number): number {
    return host.ports.take(remote, remotePort, draw(this.key, Purpose.PORT, flow, host.index, 0));
  }

  #refuse(errno: Errno): Errno {
    this.tally.failed += 1;
    this.tally.fail(errno);
    this.digest.word(errno.length);
    return errno;
  }

  /** The end of this tuple, made if need be; −1 where it is taken. */
  #endFor(local: number, port: number, remote: number, remotePort: number): End {
    const known = this.connections.find(local, port, remote, remotePort);
    if (known >= 0) return this.#store.state(known) === State.CLOSED ? known : -1;
    const slot = this.connections.add(local, port, remote, remotePort);
    this.#store.reserve(2 * this.connections.slots);
    return 2 * slot;
  }

  #fresh(end: End, host: BulkHost, flow: number): Tcb {
    const tcb = this.#store.fresh(end);
    const stamped = host.params.timestamps === 1;
    tcb.tsOffset = stamped ? draw(this.key, Purpose.ISS, flow, host.index, 1) : 0;
    return tcb;
  }

  /** RFC 6528, M + F(tuple, key); nobody in here could compute F, so a plain hash does. */
  #chooseIss(host: BulkHost, end: End): number {
    const { address, port } = this.connections;
    const ours = mix(mix(this.key, address[end] ?? 0), port[end] ?? 0);
    const both = mix(mix(ours, address[end ^ 1] ?? 0), port[end ^ 1] ?? 0);
    return seqAdd(Math.floor(this.nowUs / 4), finish(mix(both, host.index)));
  }

  /** `shutdown(SHUT_WR)`: the CLOSE of RFC 9293. Does nothing where there is nothing to close. */
  shutdown(end: End): void {
    this.#call(end, (tcb, host) => close(tcb, this.nowUs, host.params, this.#out));
  }

  /** `close`: done with both directions. */
  close(end: End): void {
    this.#call(end, (tcb, host) => closeBoth(tcb, this.nowUs, host.params, this.#out));
  }

  /** ABORT: `close` under SO_LINGER with no time, a reset. */
  abort(end: End): void {
    this.#call(end, (tcb, host) => abort(tcb, this.nowUs, host.params, this.#out));
  }

  /** `send`: so many octets, all at once. */
  send(end: End, octets: number): void {
    this.#call(end, (tcb, host) => send(tcb, octets, this.nowUs, host.params, this.#out));
  }

  /** Changes what a user may change in a TCB, such as keep-alive. */
  adjust(end: End, change: (tcb: Tcb, host: BulkHost) => void): void {
    this.#call(end, change);
  }

  #call(end: End, act: (tcb: Tcb, host: BulkHost) => unknown): void {
    if (this.#store.state(end) === State.CLOSED) return;
    const host = this.hostOf(end);
    const tcb = this.#store.load(end, host.home);
    clearOutbox(this.#out);
    act(tcb, host);
    const { closingAtUs } = this.connections;
    if (tcb.finQueued === 1 && closingAtUs[end >>> 1] === 0) closingAtUs[end >>> 1] = this.nowUs;
    this.#finish(end, host, tcb);
  }

  #timer(atUs: number, end: End): void {
    // Looked at before the row is loaded: a third of all timers are long stale.
    if (this.connections.armedUs[end] !== atUs) return;
    this.#happens(atUs, TIMER, end);
    this.connections.armedUs[end] = Number.POSITIVE_INFINITY;
    const host = this.hostOf(end);
    const tcb = this.#store.load(end, host.home);
    clearOutbox(this.#out);
    const again = tcb.retransmits;
    timeouts(tcb, atUs, host.params, this.#out);
    if (tcb.retransmits > again) host.counters.RetransSegs += 1;
    this.#finish(end, host, tcb);
  }

  #hostDue(atUs: number, ref: number, tag: number): void {
    const host = this.hosts[ref & 0xfff];
    if (host === undefined) throw new Error(`synfin: no host ${ref & 0xfff}`);
    this.#happens(atUs, HOST, ref);
    host.application.hostDue?.(this, host, ref >>> 12, tag);
  }

  #appDue(atUs: number, end: End, flow: number, what: number): void {
    if (((this.connections.flow[end] ?? 0) | 0) !== flow) return;
    this.#happens(atUs, APP, end);
    this.hostOf(end).application.due?.(this, end, what);
  }

  #arrives(atUs: number, flight: number): void {
    const envelope = this.#arriving;
    const segment = this.#segment;
    this.#flights.read(flight, envelope, segment);
    this.#flights.drop(flight);
    const { src, srcPort, dst, dstPort } = envelope;
    const host = this.#hostAt(dst);
    const end = this.connections.find(dst, dstPort, src, srcPort);
    this.#happens(atUs, FLIGHT, end);
    this.digest.word(segment.seq ^ (segment.flags << 24));
    this.digest.word(segment.ack);
    host.counters.InSegs += 1;
    this.arrivals += 1;
    clearOutbox(this.#out);
    if (end >= 0 && this.#store.state(end) !== State.CLOSED) this.#arrivesAt(end, host);
    else if (host.listening.has(dstPort)) this.#arrivesAtListener(end, host);
    else {
      closedSegmentArrives(segment, this.#out);
      this.#answerStray(host);
    }
  }

  #arrivesAt(end: End, host: BulkHost): void {
    const { nowUs } = this;
    const tcb = this.#store.load(end, host.home);
    if (tcb.state === State.TIME_WAIT && this.#reopens(end, host, tcb)) return;
    segmentArrives(tcb, this.#segment, nowUs, host.params, this.#out);
    const taken = this.#out.takenLength;
    // The user reads at once.
    if (taken > 0) receive(tcb, taken, nowUs, host.params, this.#out);
    this.#finish(end, host, tcb);
    if (taken > 0) host.application.received?.(this, end, taken);
  }

  /** A SYN that TIME-WAIT takes opens a new connection in the old one's place (MAY-2). */
  #reopens(end: End, host: BulkHost, tcb: Tcb): boolean {
    const { dstPort, flow } = this.#arriving;
    if (!host.listening.has(dstPort) || !timeWaitTakes(tcb, this.#segment, host.params)) {
      return false;
    }
    this.connections.flow[end] = flow;
    const iss = this.#chooseIss(host, end);
    const above = seqLt(tcb.sndNxt, iss) ? iss : seqAdd(tcb.sndNxt, ISS_STEP);
    reopen(tcb, this.#segment, above, this.nowUs, host.params, this.#out);
    host.counters.PassiveOpens += 1;
    this.#finish(end, host, tcb);
    return true;
  }

  #arrivesAtListener(known: End, host: BulkHost): void {
    const segment = this.#segment;
    const isSyn = (segment.flags & (Flag.SYN | Flag.ACK | Flag.RST)) === Flag.SYN;
    if (!isSyn || segment.badOption === 1) {
      listenSegmentArrives(this.#spare, segment, 0, this.nowUs, host.params, this.#out);
      this.#answerStray(host);
      return;
    }
    const { src, srcPort, dst, dstPort, flow } = this.#arriving;
    const end = known >= 0 ? known : 2 * this.connections.add(src, srcPort, dst, dstPort) + 1;
    this.#store.reserve(2 * this.connections.slots);
    this.connections.flow[end] = flow;
    const tcb = this.#fresh(end, host, flow);
    const iss = this.#chooseIss(host, end);
    listenSegmentArrives(tcb, segment, iss, this.nowUs, host.params, this.#out);
    host.counters.PassiveOpens += 1;
    this.#finish(end, host, tcb);
  }

  /** What no connection sends: the answer of a closed port or a listener. */
  #answerStray(host: BulkHost): void {
    const { src, srcPort, dst, dstPort, flow } = this.#arriving;
    Object.assign(this.#leaving, { src: dst, srcPort: dstPort, dst: src, dstPort: srcPort, flow });
    for (let index = 0; index < this.#out.segmentCount; index += 1) {
      const segment = this.#out.segments[index];
      if (segment !== undefined) this.#launch(host, segment, 0x1_0000 + ++this.#strays);
    }
  }

  /** Acts on what the machine wants done. */
  #finish(end: End, host: BulkHost, tcb: Tcb): void {
    const out = this.#out;
    const cause = out.changeCount > 0 ? this.#recordChanges(end, host) : Cause.CLOSE;
    if (out.segmentCount > 0) this.#sendAll(end, host);
    let signals = 0;
    for (let index = 0; index < out.signalCount; index += 1) signals |= 1 << (out.signals[index] ?? 0);
    if (tcb.state <= State.LISTEN) {
      this.#store.clear(end);
      this.connections.armedUs[end] = Number.POSITIVE_INFINITY;
      if (signals !== 0) this.#tell(end, host, signals);
      this.#over(end, host, signals, cause);
      return;
    }
    const dueUs = pollAt(tcb);
    if (dueUs !== this.connections.armedUs[end]) {
      this.connections.armedUs[end] = dueUs;
      if (dueUs !== Number.POSITIVE_INFINITY) this.#queue.push(TIMER, dueUs, this.nowUs, end, 0);
    }
    this.#store.store(end, tcb, host.home, this.nowUs);
    if (signals !== 0) this.#tell(end, host, signals);
  }

  #recordChanges(end: End, host: BulkHost): Cause {
    const out = this.#out;
    let cause: Cause = Cause.CLOSE;
    for (let index = 0; index < out.changeCount; index += 1) {
      const change = out.changes[index];
      if (change === undefined) continue;
      cause = change.cause;
      this.digest.word((change.from << 16) | (change.to << 8) | cause);
      this.tally.changed(end, host, change);
    }
    this.tally.lastUs = this.nowUs;
    return cause;
  }

  #sendAll(end: End, host: BulkHost): void {
    const { address, port, flow, sent } = this.connections;
    const envelope = this.#leaving;
    envelope.src = address[end] ?? 0;
    envelope.srcPort = port[end] ?? 0;
    envelope.dst = address[end ^ 1] ?? 0;
    envelope.dstPort = port[end ^ 1] ?? 0;
    envelope.flow = flow[end] ?? 0;
    for (let index = 0; index < this.#out.segmentCount; index += 1) {
      const segment = this.#out.segments[index];
      const number = ((sent[end] ?? 0) + 1) & 0xffff;
      sent[end] = number;
      if (segment !== undefined) this.#launch(host, segment, number);
    }
  }

  #launch(host: BulkHost, segment: Segment, number: number): void {
    countSent(host.counters, (segment.flags & Flag.RST) !== 0);
    this.wire.send(this.nowUs, this.#leaving, segment, number);
  }

  #tell(end: End, host: BulkHost, signals: number): void {
    const { application } = host;
    if ((signals & (1 << Signal.CONNECTED)) !== 0) application.connected?.(this, end);
    if ((signals & (1 << Signal.PEER_CLOSED)) !== 0) application.peerClosed?.(this, end);
  }

  /** An end without a TCB: its users hear of it, and its tuple is free if the other is, too. */
  #over(end: End, host: BulkHost, signals: number, cause: Cause): void {
    const error = errorOf(signals);
    if (error !== undefined) this.tally.fail(error);
    if (cause === Cause.R2_TIMEOUT || cause === Cause.USER_TIMEOUT) {
      host.counters.TCPAbortOnTimeout += 1;
    }
    host.application.ended?.(this, end, error);
    // Its user may have opened it again already.
    if (this.#store.state(end) !== State.CLOSED) return;
    const { connections } = this;
    const { address, port } = connections;
    const other = end ^ 1;
    host.ports.release(address[other] ?? 0, port[other] ?? 0, port[end] ?? 0);
    connections.flow[end] = 0;
    if (this.#store.state(other) === State.CLOSED) connections.remove(end >>> 1);
  }
}

function errorOf(signals: number): Errno | undefined {
  if ((signals & (1 << Signal.RESET)) !== 0) return "ECONNRESET";
  if ((signals & (1 << Signal.REFUSED)) !== 0) return "ECONNREFUSED";
  if ((signals & (1 << Signal.TIMED_OUT)) !== 0) return "ETIMEDOUT";
  return undefined;
}
