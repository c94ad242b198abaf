import {
  abort,
  clearOutbox,
  close,
  closeBoth,
  closedSegmentArrives,
  createOutbox,
  createTcb,
  Flag,
  listenSegmentArrives,
  type Outbox,
  open,
  receive,
  reopen,
  type Segment,
  Signal,
  State,
  segmentArrives,
  send,
  seqAdd,
  seqDiff,
  seqLt,
  type TcpParams,
  timeouts,
  timeWaitTakes,
} from "@synfin/core/tcp";
import { callErrno, callOutcome, SIGNAL_ERRNO } from "./call-errno.ts";
import { answerTo, type Datagram } from "./datagram.ts";
import { done, type Errno, failed, type Outcome } from "./errno.ts";
import type { Listener, ListenOptions } from "./listener.ts";
import { PortAllocator } from "./ports.ts";
import {
  createSocket,
  isConnected,
  isGone,
  payloadOf,
  releaseAcknowledged,
  type Socket,
} from "./socket.ts";
import type { StackOptions } from "./stack-options.ts";

/** What RFC 6528's clock gains in half a second. */
const ISS_STEP = 125_000;

/**
 * One host's TCP: listeners, connections found by their 4-tuple, and the
 * POSIX-like calls. Time is an argument; what happens is told to the listener.
 */
export class Stack {
  readonly address: string;
  private current: TcpParams;
  private readonly options: StackOptions;
  private readonly ports: PortAllocator;
  private readonly listening = new Map<number, Listener>();
  private readonly connections = new Map<string, Socket>();
  private readonly out: Outbox = createOutbox();

  constructor(options: StackOptions) {
    this.options = options;
    this.address = options.address;
    this.current = options.params;
    this.ports = new PortAllocator(options.ephemeralPorts);
  }

  /** What new connections are run with, unless they bring their own. */
  get params(): TcpParams {
    return this.current;
  }

  /** Changes parameters of the whole host: of what there is, and of what is yet to come. */
  configure(change: Readonly<Partial<TcpParams>>): void {
    this.current = { ...this.current, ...change };
    for (const listener of this.listening.values()) {
      listener.params = { ...listener.params, ...change };
    }
    for (const socket of this.connections.values()) {
      socket.params = { ...socket.params, ...change };
    }
  }

  /** `listen`: connections to this port are taken from now on. */
  listen(port: number, options: ListenOptions = {}): Outcome<number> {
    if (this.listening.has(port)) return failed("EADDRINUSE");
    const { backlog = Number.POSITIVE_INFINITY, params = this.current } = options;
    this.listening.set(port, { queue: [], backlog, params });
    return done(port);
  }

  /**
   * The listener goes (§3.10.4, LISTEN STATE). Connections of this port that
   * no one has accepted have no user, and never will: they are aborted.
   */
  unlisten(port: number, nowUs: number): void {
    const listener = this.listening.get(port);
    if (listener === undefined) return;
    this.listening.delete(port);
    for (const socket of this.sockets()) {
      const halfOpen = socket.tcb.state === State.SYN_RECEIVED && socket.tcb.passive === 1;
      const unaccepted = halfOpen || listener.queue.includes(socket);
      if (socket.localPort === port && unaccepted) this.abort(socket, nowUs);
    }
  }

  /** Every connection that there is, TIME-WAIT included, in the order of their making. */
  sockets(): Socket[] {
    return [...this.connections.values()];
  }

  /** The listening ports, in the order of their making. */
  listeners(): number[] {
    return [...this.listening.keys()];
  }

  /** How many connections wait for `accept`. */
  acceptable(port: number): number {
    return this.listening.get(port)?.queue.length ?? 0;
  }

  isListening(port: number): boolean {
    return this.listening.has(port);
  }

  isListeningAnywhere(): boolean {
    return this.listening.size > 0;
  }

  /** `accept`: the next connection of this listener whose handshake is done. */
  accept(port: number): Outcome<Socket> {
    const listener = this.listening.get(port);
    if (listener === undefined) return failed("EINVAL");
    const socket = listener.queue.shift();
    return socket === undefined ? failed("EAGAIN") : done(socket);
  }

  /** `connect`: sends a SYN. The socket is connected once its listener is told so. */
  connect(
    remoteAddress: string,
    remotePort: number,
    localPort: number | undefined,
    flow: number,
    nowUs: number,
    params: TcpParams = this.current,
  ): Outcome<Socket> {
    const inUse = (port: number) => this.connections.has(keyOf(port, remoteAddress, remotePort));
    if (localPort !== undefined && inUse(localPort)) return failed("EADDRINUSE");
    const port = localPort ?? this.ports.take(inUse);
    if (port === undefined) return failed("EADDRNOTAVAIL");
    const socket = createSocket(port, remoteAddress, remotePort, flow, params);
    this.connections.set(keyOf(port, remoteAddress, remotePort), socket);
    clearOutbox(this.out);
    const iss = this.options.chooseIss(flow, socket, nowUs);
    open(socket.tcb, iss, nowUs, params, this.out);
    socket.sendBase = seqAdd(socket.tcb.iss, 1);
    this.finish(socket, undefined);
    return done(socket);
  }

  /** `send`: takes all the bytes, or says why not. `urgent` is MSG_OOB, of any length (MUST-31). */
  send(socket: Socket, bytes: Uint8Array, nowUs: number, urgent = false): Outcome<number> {
    const refusal = this.refusal(socket);
    if (refusal !== undefined) return failed(refusal);
    if (bytes.length === 0) return done(0);
    clearOutbox(this.out);
    const result = send(socket.tcb, bytes.length, nowUs, socket.params, this.out, urgent);
    if (result !== "ok") return failed(callErrno(result));
    socket.sendBuffer.append(bytes);
    this.finish(socket, undefined);
    return done(bytes.length);
  }

  private refusal(socket: Socket): Errno | undefined {
    if (socket.error !== undefined) return socket.error;
    if (isGone(socket)) return "ENOTCONN";
    return socket.tcb.finQueued === 1 ? "EPIPE" : undefined;
  }

  /** `recv`: up to `length` bytes; none at the end of the stream, EAGAIN before there are any. */
  recv(socket: Socket, length: number, nowUs: number): Outcome<Uint8Array> {
    const available = socket.receiveBuffer.length;
    if (available === 0) {
      if (socket.endOfStream) return done(new Uint8Array(0));
      if (socket.error !== undefined) return failed(socket.error);
      return failed(isConnected(socket) ? "EAGAIN" : "ENOTCONN");
    }
    const count = Math.min(length, available);
    const bytes = socket.receiveBuffer.copy(0, count);
    socket.receiveBuffer.drop(count);
    clearOutbox(this.out);
    if (isConnected(socket)) receive(socket.tcb, count, nowUs, socket.params, this.out);
    this.finish(socket, undefined);
    return done(bytes);
  }

  /** `shutdown(SHUT_WR)`: the CLOSE of RFC 9293, which leaves receiving open (§3.6). */
  shutdown(socket: Socket, nowUs: number): Outcome<void> {
    if (isGone(socket)) return failed("ENOTCONN");
    clearOutbox(this.out);
    const result = close(socket.tcb, nowUs, socket.params, this.out);
    this.finish(socket, undefined);
    return callOutcome(result);
  }

  /**
   * `close`: the user is done with both directions. What was received and
   * never read is lost, and a reset says so (SHLD-3).
   */
  close(socket: Socket, nowUs: number): Outcome<void> {
    if (socket.receiveBuffer.length > 0) return this.abort(socket, nowUs);
    if (isGone(socket)) return failed("ENOTCONN");
    clearOutbox(this.out);
    const result = closeBoth(socket.tcb, nowUs, socket.params, this.out);
    this.finish(socket, undefined);
    return callOutcome(result);
  }

  /** ABORT, what `close` does under SO_LINGER with no time: a reset, and nothing left. */
  abort(socket: Socket, nowUs: number): Outcome<void> {
    if (isGone(socket)) return failed("ENOTCONN");
    clearOutbox(this.out);
    const result = abort(socket.tcb, nowUs, socket.params, this.out);
    this.finish(socket, undefined);
    return callOutcome(result);
  }

  /**
   * The user has gone and left the connection to end by itself. Text that
   * arrives from now on reaches no one, and a reset says so (SHLD-3).
   */
  release(socket: Socket): void {
    socket.tcb.orphan = 1;
  }

  /** The host loses its memory (§3.5.1): no connection, no listener, and not a word to anyone. */
  reboot(): Socket[] {
    const lost = [...this.connections.values()];
    this.connections.clear();
    this.listening.clear();
    return lost;
  }

  /** SEGMENT ARRIVES, for whichever connection or listener it is meant. */
  arrives(datagram: Datagram, nowUs: number): void {
    const synFin = Flag.SYN | Flag.FIN;
    const both = (datagram.segment.flags & synFin) === synFin;
    if (both && this.params.dropSynFin === 1) return;
    clearOutbox(this.out);
    const key = keyOf(datagram.dstPort, datagram.src, datagram.srcPort);
    const socket = this.connections.get(key);
    if (socket !== undefined && this.reopens(socket, datagram, key, nowUs)) return;
    if (socket !== undefined) {
      this.arrivesAtConnection(socket, datagram, nowUs);
    } else if (this.listening.has(datagram.dstPort)) {
      this.arrivesAtListener(datagram, key, nowUs);
    } else {
      closedSegmentArrives(datagram.segment, this.out);
      this.answerWithoutSocket(datagram);
    }
  }

  /** A SYN that TIME-WAIT takes opens a new connection in the old one's place (MAY-2). */
  private reopens(old: Socket, datagram: Datagram, key: string, nowUs: number): boolean {
    const { dstPort, src, srcPort, segment, flow } = datagram;
    const listener = this.listening.get(dstPort);
    if (listener === undefined || !timeWaitTakes(old.tcb, segment, listener.params)) return false;
    const { params } = listener;
    const socket = createSocket(dstPort, src, srcPort, flow, params);
    Object.assign(socket.tcb, old.tcb);
    const iss = this.issAbove(old.tcb.sndNxt, socket, nowUs);
    reopen(socket.tcb, segment, iss, nowUs, params, this.out);
    Object.assign(old.tcb, createTcb());
    this.options.listener.stepped(old);
    this.connections.set(key, socket);
    socket.sendBase = seqAdd(iss, 1);
    this.finish(socket, datagram);
    return true;
  }

  /** §3.6.1: larger than the largest sequence number of the connection before. */
  private issAbove(sndNxt: number, socket: Socket, nowUs: number): number {
    const iss = this.options.chooseIss(socket.flow, socket, nowUs);
    return seqLt(sndNxt, iss) ? iss : seqAdd(sndNxt, ISS_STEP);
  }

  private arrivesAtConnection(socket: Socket, datagram: Datagram, nowUs: number): void {
    segmentArrives(socket.tcb, datagram.segment, nowUs, socket.params, this.out);
    this.finish(socket, datagram);
  }

  private arrivesAtListener(datagram: Datagram, key: string, nowUs: number): void {
    const { dstPort, src, srcPort, segment, flow } = datagram;
    const listener = this.listening.get(dstPort);
    if (listener === undefined) throw new Error(`synfin: no one listens on port ${dstPort}`);
    const { params, queue, backlog } = listener;
    const socket = createSocket(dstPort, src, srcPort, flow, params);
    const isSyn = isPlainSyn(segment);
    if (isSyn && queue.length > backlog) return;
    const iss = isSyn ? this.options.chooseIss(flow, socket, nowUs) : 0;
    const { out } = this;
    if (listenSegmentArrives(socket.tcb, segment, iss, nowUs, params, out)) {
      this.connections.set(key, socket);
      socket.sendBase = seqAdd(iss, 1);
      this.finish(socket, datagram);
    } else {
      this.answerWithoutSocket(datagram);
    }
  }

  private answerWithoutSocket(datagram: Datagram): void {
    for (let index = 0; index < this.out.segmentCount; index += 1) {
      const segment = this.out.segments[index];
      if (segment !== undefined) this.options.listener.sent(answerTo(datagram, segment), undefined);
    }
  }

  /** TIMEOUTS, for one connection, at the time that `pollAt` named. */
  timeouts(socket: Socket, nowUs: number): void {
    clearOutbox(this.out);
    timeouts(socket.tcb, nowUs, socket.params, this.out);
    this.finish(socket, undefined);
  }

  /** Acts on what the machine wants done, in the order in which it happened. */
  private finish(socket: Socket, arrived: Datagram | undefined): void {
    const { out } = this;
    const { listener } = this.options;
    this.takeText(socket, arrived);
    for (let index = 0; index < out.changeCount; index += 1) {
      const change = out.changes[index];
      if (change !== undefined) listener.changed(socket, change);
    }
    this.sendAll(socket);
    releaseAcknowledged(socket);
    if (socket.tcb.state <= State.LISTEN) this.forget(socket);
    const signals = out.signals.slice(0, out.signalCount);
    const delivered = out.takenLength;
    listener.stepped(socket);
    for (const signal of signals) this.onSignal(socket, signal);
    if (delivered > 0) listener.delivered(socket, delivered);
  }

  /** The bytes that the machine keeps of this segment, and those that the user may have now. */
  private takeText(socket: Socket, arrived: Datagram | undefined): void {
    const { keptSeq, keptLength, takenSeq, takenLength } = this.out;
    if (arrived === undefined || keptLength + takenLength === 0) return;
    const kept = keptText(arrived, keptSeq, keptLength);
    if (takenLength === keptLength && takenSeq === keptSeq) {
      socket.receiveBuffer.append(kept);
      return;
    }
    if (keptLength > 0) socket.held.keep(keptSeq, kept);
    if (takenLength > 0) socket.receiveBuffer.append(socket.held.take(takenSeq, takenLength));
  }

  private sendAll(socket: Socket): void {
    for (let index = 0; index < this.out.segmentCount; index += 1) {
      const spare = this.out.segments[index];
      if (spare === undefined) continue;
      // The outbox is used again; what travels needs a segment of its own.
      const segment = { ...spare };
      const payload = payloadOf(socket, segment.seq, segment.length);
      const { localPort: srcPort, remotePort: dstPort, remoteAddress: dst, flow } = socket;
      const datagram = { src: this.address, dst, srcPort, dstPort, segment, payload, flow };
      this.options.listener.sent(datagram, socket);
    }
  }

  private onSignal(socket: Socket, signal: Signal): void {
    const errno = SIGNAL_ERRNO.get(signal);
    if (errno !== undefined) socket.error = errno;
    if (signal === Signal.PEER_CLOSED) socket.endOfStream = true;
    if (signal === Signal.CONNECTED) socket.connected = true;
    if (signal === Signal.CONNECTED && socket.tcb.passive === 1) {
      this.listening.get(socket.localPort)?.queue.push(socket);
    }
    this.options.listener.signalled(socket, signal);
  }

  private forget(socket: Socket): void {
    const key = keyOf(socket.localPort, socket.remoteAddress, socket.remotePort);
    if (this.connections.get(key) === socket) this.connections.delete(key);
  }
}

/** The octets of a segment from this sequence number on. */
function keptText({ segment, payload }: Datagram, seq: number, length: number): Uint8Array {
  const syn = (segment.flags & Flag.SYN) !== 0 ? 1 : 0;
  const offset = seqDiff(seq, segment.seq) - syn;
  return payload.subarray(offset, offset + length);
}

function isPlainSyn(segment: Readonly<Segment>): boolean {
  return (segment.flags & (Flag.SYN | Flag.ACK | Flag.RST)) === Flag.SYN;
}

function keyOf(localPort: number, remoteAddress: string, remotePort: number): string {
  return `${localPort} ${remoteAddress} ${remotePort}`;
}
