import {
  abort,
  clearOutbox,
  close,
  closeBoth,
  type Outbox,
  open,
  receive,
  send,
  seqAdd,
  type TcpParams,
  timeouts,
} from "@synfin/core/tcp";
import { connectRefusal, isUnicast, sameVersion } from "./address-check.ts";
import { Arrivals } from "./arrivals.ts";
import { callErrno, callOutcome } from "./call-errno.ts";
import type { ConnectionEnds } from "./connection-table.ts";
import type { Datagram } from "./datagram.ts";
import { done, type Errno, failed, type Outcome } from "./errno.ts";
import { createHostTables, type HostTables } from "./host-tables.ts";
import type { IcmpError } from "./icmp-error.ts";
import { createListener, type ListenOptions } from "./listener.ts";
import { PortAllocator } from "./ports.ts";
import { createSocket, isConnected, isGone, type Socket } from "./socket.ts";
import type { StackOptions } from "./stack-options.ts";

/** What `connect` may be told beside where to. */
export interface ConnectOptions {
  /** The address to connect from (MUST-43); the first of the peer's IP version by default. */
  readonly localAddress?: string | undefined;
  /** What the machine runs this connection with; the stack's own by default. */
  readonly params?: TcpParams;
}

/**
 * One host's TCP: listeners, connections found by their 4-tuple, and the
 * POSIX-like calls. Time is an argument; what happens is told to the listener.
 */
export class Stack {
  /** The address that the host is known by. */
  readonly address: string;
  /** Every address of the host, that one first. */
  readonly addresses: readonly string[];
  private readonly host: HostTables;
  private readonly arrivals: Arrivals;
  private readonly ports: PortAllocator;
  private readonly out: Outbox;

  /** Throws for an address that is not one host's alone: a bug of the caller. */
  constructor(options: StackOptions) {
    this.host = createHostTables(options);
    this.address = options.address;
    this.addresses = this.host.addresses;
    this.arrivals = new Arrivals(this.host);
    this.ports = new PortAllocator(options.ephemeralPorts);
    this.out = this.host.steps.out;
    const wrong = this.addresses.find((address) => !isUnicast(address));
    if (wrong !== undefined) throw new Error(`synfin: ${wrong} cannot be a host's own address`);
  }

  /** What new connections are run with, unless they bring their own. */
  get params(): TcpParams {
    return this.host.params;
  }

  /** Changes parameters of the whole host: of what there is, and of what is yet to come. */
  configure(change: Readonly<Partial<TcpParams>>): void {
    this.host.params = { ...this.host.params, ...change };
    for (const listener of this.host.listeners.all()) {
      listener.params = { ...listener.params, ...change };
    }
    for (const socket of this.sockets()) socket.params = { ...socket.params, ...change };
  }

  /**
   * `listen`: connections to this port are taken from now on. EADDRNOTAVAIL
   * for an address that is not the host's; EADDRINUSE where another listener
   * takes the same.
   */
  listen(port: number, options: ListenOptions = {}): Outcome<number> {
    const { listeners, params } = this.host;
    const { address } = options;
    if (address !== undefined && !this.addresses.includes(address)) return failed("EADDRNOTAVAIL");
    if (listeners.overlaps(port, address)) return failed("EADDRINUSE");
    listeners.add(createListener(port, options, options.params ?? params));
    return done(port);
  }

  /**
   * The listener goes (§3.10.4, LISTEN STATE). Connections of this port that
   * no one has accepted have no user, and never will: they are aborted.
   */
  unlisten(port: number, nowUs: number, address?: string): void {
    const listener = this.host.listeners.at(port, address);
    if (listener === undefined) return;
    this.host.listeners.remove(listener);
    const unaccepted = new Set([...listener.halfOpen, ...listener.queue]);
    for (const socket of this.sockets()) if (unaccepted.has(socket)) this.abort(socket, nowUs);
  }

  /** Every connection that there is, TIME-WAIT included, in the order of their making. */
  sockets(): Socket[] {
    return this.host.connections.all();
  }

  /** The listening ports, in the order of their making. */
  listeners(): number[] {
    return [...new Set(this.host.listeners.all().map(({ port }) => port))];
  }

  /** How many connections wait for `accept`. */
  acceptable(port: number, address?: string): number {
    return this.host.listeners.at(port, address)?.queue.length ?? 0;
  }

  /** Whether this port is listened on, at this address of the host or at whatever one. */
  isListening(port: number, address?: string): boolean {
    return this.host.listeners.overlaps(port, address);
  }

  isListeningAnywhere(): boolean {
    return this.host.listeners.all().length > 0;
  }

  /** `accept`: the next connection of this listener whose handshake is done. */
  accept(port: number, address?: string): Outcome<Socket> {
    const listener = this.host.listeners.at(port, address);
    if (listener === undefined) return failed("EINVAL");
    const socket = listener.queue.shift();
    return socket === undefined ? failed("EAGAIN") : done(socket);
  }

  /**
   * `connect`: sends a SYN. The socket is connected once its listener is told
   * so. EADDRNOTAVAIL for a local address that is not the host's, and where no
   * port is left; ENETUNREACH or EINVAL for a remote one that is not one
   * host's (MUST-46), and where the two are of different IP versions.
   */
  connect(
    remoteAddress: string,
    remotePort: number,
    localPort: number | undefined,
    flow: number,
    nowUs: number,
    options: ConnectOptions = {},
  ): Outcome<Socket> {
    const { connections, steps, params: usual } = this.host;
    const { params = usual } = options;
    const from = this.localAddressFor(remoteAddress, options.localAddress);
    if (!from.ok) return from;
    const endsAt = (port: number): ConnectionEnds => {
      return { localAddress: from.value, localPort: port, remoteAddress, remotePort };
    };
    const inUse = (port: number) => connections.find(endsAt(port)) !== undefined;
    if (localPort !== undefined && inUse(localPort)) return failed("EADDRINUSE");
    const port = localPort ?? this.ports.take(inUse);
    if (port === undefined) return failed("EADDRNOTAVAIL");
    const socket = createSocket(endsAt(port), flow, params);
    connections.set(socket);
    clearOutbox(this.out);
    const iss = this.host.options.chooseIss(flow, socket, nowUs);
    open(socket.tcb, iss, nowUs, params, this.out);
    socket.sendBase = seqAdd(socket.tcb.iss, 1);
    steps.finish(socket, undefined);
    return done(socket);
  }

  /** The address to connect from: the user's, or one that can reach the peer (MUST-43, MUST-44). */
  private localAddressFor(remote: string, wanted: string | undefined): Outcome<string> {
    const refusal = connectRefusal(remote);
    if (refusal !== undefined) return failed(refusal);
    if (wanted !== undefined && !this.addresses.includes(wanted)) return failed("EADDRNOTAVAIL");
    const local = wanted ?? this.addresses.find((address) => sameVersion(address, remote));
    if (local === undefined) return failed("ENETUNREACH");
    return sameVersion(local, remote) ? done(local) : failed("EINVAL");
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
    this.host.steps.finish(socket, undefined);
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
    this.host.steps.finish(socket, undefined);
    return done(bytes);
  }

  /** `shutdown(SHUT_WR)`: the CLOSE of RFC 9293, which leaves receiving open (§3.6). */
  shutdown(socket: Socket, nowUs: number): Outcome<void> {
    if (isGone(socket)) return failed("ENOTCONN");
    clearOutbox(this.out);
    const result = close(socket.tcb, nowUs, socket.params, this.out);
    this.host.steps.finish(socket, undefined);
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
    this.host.steps.finish(socket, undefined);
    return callOutcome(result);
  }

  /** ABORT, what `close` does under SO_LINGER with no time: a reset, and nothing left. */
  abort(socket: Socket, nowUs: number): Outcome<void> {
    if (isGone(socket)) return failed("ENOTCONN");
    clearOutbox(this.out);
    const result = abort(socket.tcb, nowUs, socket.params, this.out);
    this.host.steps.finish(socket, undefined);
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
    const lost = this.sockets();
    this.host.connections.clear();
    this.host.listeners.clear();
    return lost;
  }

  /** SEGMENT ARRIVES, for whichever connection or listener it is meant. */
  arrives(datagram: Datagram, nowUs: number): void {
    this.arrivals.arrives(datagram, nowUs);
  }

  /** An ICMP error arrives, for the connection that it is about (MUST-54). */
  icmpArrives(error: IcmpError): void {
    this.arrivals.icmpArrives(error);
  }

  /** TIMEOUTS, for one connection, at the time that `pollAt` named. */
  timeouts(socket: Socket, nowUs: number): void {
    clearOutbox(this.out);
    timeouts(socket.tcb, nowUs, socket.params, this.out);
    this.host.steps.finish(socket, undefined);
  }
}
