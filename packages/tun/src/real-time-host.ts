import {
  pollAt,
  RFC9293,
  type Signal,
  Signal as SignalKind,
  State,
  type StateChange,
  type TcpParams,
} from "@synfin/core/tcp";
import { type Datagram, type Socket, Stack, type StackListener } from "@synfin/sockets";
import { Alarm } from "./alarm.ts";
import { type Clock, monotonicClock } from "./clock.ts";
import type { Connection } from "./connection.ts";
import { ConnectionError } from "./connection-error.ts";
import { ephemeralPorts } from "./ephemeral-ports.ts";
import { readIcmpError } from "./icmp-error.ts";
import { InitialSequence } from "./initial-sequence.ts";
import { LiveConnection } from "./live-connection.ts";
import type { PacketDevice } from "./packet-device.ts";
import { CLEAR_LINK, Direction, type PacketLink } from "./packet-link.ts";
import { readDatagram, writeDatagram } from "./packets.ts";
import { WaitingPackets } from "./waiting-packets.ts";

/** Looks on: a capture file, a log, a test. */
export interface HostObserver {
  /** A packet leaves the stack, or has come to it through the link. */
  packet?(packet: Uint8Array, direction: Direction, atUs: number): void;
  changed?(connection: Connection, change: Readonly<StateChange>, atUs: number): void;
}

export interface RealTimeHostOptions {
  readonly device: PacketDevice;
  /** The stack's own address. */
  readonly address: string;
  /** `REAL_TIME_PARAMS` by default. */
  readonly params?: TcpParams;
  /** Nothing in between by default. */
  readonly link?: PacketLink;
  readonly observers?: readonly HostObserver[];
  readonly clock?: Clock;
}

/**
 * RFC 9293, with RFC 5927's care: on a real wire anyone can send an ICMP error,
 * and a hard one ends no connection that is established.
 */
export const REAL_TIME_PARAMS: TcpParams = { ...RFC9293, icmpHardAborts: 0 };

/** A port that takes connections. */
type OnConnection = (connection: Connection) => void;

/**
 * A stack that runs in real time: packets of a device go in, its segments go
 * out, and the wall clock is its time. Everything happens on the thread that
 * made it.
 */
export class RealTimeHost {
  readonly address: string;
  readonly clock: Clock;
  private readonly options: RealTimeHostOptions;
  private readonly device: PacketDevice;
  private readonly link: PacketLink;
  private readonly stack: Stack;
  private readonly isns: InitialSequence;
  private readonly alarm: Alarm;
  private readonly waiting = new WaitingPackets();
  private readonly connections = new Map<Socket, LiveConnection>();
  private readonly listeners = new Map<number, OnConnection>();
  private readonly numbers: [out: number, in_: number] = [0, 0];
  private closing: Promise<void> | undefined;

  constructor(options: RealTimeHostOptions) {
    const { address, device, params = REAL_TIME_PARAMS, link = CLEAR_LINK, clock } = options;
    this.options = options;
    this.address = address;
    this.device = device;
    this.link = link;
    this.clock = clock ?? monotonicClock();
    this.isns = new InitialSequence(this.clock);
    this.alarm = new Alarm(this.clock, () => this.onAlarm());
    const chooseIss = (flow: number) => this.isns.next(flow);
    this.stack = new Stack({ address, params, chooseIss, listener: this.listener() });
    device.receive((packet) => this.carry(packet, Direction.IN));
  }

  /** Connections that the stack remembers, those in TIME-WAIT included. */
  get connectionCount(): number {
    return this.connections.size;
  }

  /** Takes connections to a port. Throws a `ConnectionError` where it is taken. */
  listen(port: number, onConnection: OnConnection): void {
    const outcome = this.stack.listen(port);
    if (!outcome.ok) throw new ConnectionError(outcome.errno, `port ${port}`);
    this.listeners.set(port, onConnection);
  }

  /**
   * Opens a connection; it is usable at once, and `whenConnected` says when
   * the handshake is done. Throws a `ConnectionError` where no port is free,
   * where `localPort` is in use, or where the address is not one host's.
   */
  open(remoteAddress: string, remotePort: number, localPort?: number): Connection {
    const candidates = localPort === undefined ? ephemeralPorts() : [localPort];
    for (const port of candidates) {
      const tuple = { localAddress: this.address, localPort: port, remoteAddress, remotePort };
      const flow = this.isns.flowOf(tuple);
      const { stack } = this;
      const outcome = stack.connect(remoteAddress, remotePort, port, flow, this.clock.nowUs());
      if (outcome.ok) return this.connectionOf(outcome.value);
      // Another port helps only where this one is taken.
      const other = outcome.errno === "EADDRINUSE" && localPort === undefined;
      if (!other) throw new ConnectionError(outcome.errno, `${remoteAddress}:${remotePort}`);
    }
    throw new ConnectionError("EADDRNOTAVAIL", `${remoteAddress}:${remotePort}`);
  }

  /** Opens a connection and waits for the handshake. Rejects with a `ConnectionError`. */
  async connect(
    remoteAddress: string,
    remotePort: number,
    localPort?: number,
  ): Promise<Connection> {
    const connection = this.open(remoteAddress, remotePort, localPort);
    await connection.whenConnected();
    return connection;
  }

  /** Resets what is open, and lets go of the device. */
  close(): Promise<void> {
    this.closing ??= this.finish();
    return this.closing;
  }

  private async finish(): Promise<void> {
    for (const connection of [...this.connections.values()]) connection.abort();
    this.alarm.stop();
    this.waiting.clear();
    await this.device.close();
  }

  private listener(): StackListener {
    return {
      sent: (datagram) => this.carry(writeDatagram(datagram), Direction.OUT),
      changed: (socket, change) => this.changed(socket, change),
      signalled: (socket, signal) => this.signalled(socket, signal),
      delivered: (socket) => this.connections.get(socket)?.delivered(),
      stepped: (socket) => this.stepped(socket),
    };
  }

  private changed(socket: Socket, change: Readonly<StateChange>): void {
    const connection = this.connectionOf(socket);
    const nowUs = this.clock.nowUs();
    for (const observer of this.options.observers ?? []) {
      observer.changed?.(connection, change, nowUs);
    }
  }

  private signalled(socket: Socket, signal: Signal): void {
    // What a last step says is said after the step: by then the connection is gone.
    const connection = this.connections.get(socket);
    connection?.signalled(signal);
    if (connection === undefined || signal !== SignalKind.CONNECTED || socket.tcb.passive === 0) {
      return;
    }
    const accepted = this.stack.accept(socket.localPort);
    const onConnection = this.listeners.get(socket.localPort);
    // Not from inside of the stack: what the user does next is a step of its own.
    if (accepted.ok) queueMicrotask(() => onConnection?.(connection));
  }

  private stepped(socket: Socket): void {
    const connection = this.connectionOf(socket);
    if (socket.tcb.state <= State.LISTEN) this.connections.delete(socket);
    else this.alarm.by(pollAt(socket.tcb));
    connection.stepped();
  }

  private connectionOf(socket: Socket): LiveConnection {
    let connection = this.connections.get(socket);
    if (connection === undefined) {
      connection = new LiveConnection(this.stack, socket, this.clock);
      this.connections.set(socket, connection);
    }
    return connection;
  }

  /** A packet meets the link, in either direction. */
  private carry(packet: Uint8Array, direction: Direction): void {
    const sentAtUs = this.clock.nowUs();
    if (direction === Direction.OUT) this.observe(packet, direction, sentAtUs);
    const number = ++this.numbers[direction];
    const departing = { host: direction, number, sentAtUs, packet, datagram: { flow: 0 } };
    for (const copy of this.link.carry(departing, undefined)) {
      if (copy.verdict === "drop") continue;
      const arriving = copy.damaged ?? packet;
      if (copy.atUs <= sentAtUs) this.arrive(arriving, direction);
      else this.hold(arriving, direction, copy.atUs);
    }
  }

  private hold(packet: Uint8Array, direction: Direction, atUs: number): void {
    this.waiting.add(atUs, direction, packet);
    this.alarm.by(atUs);
  }

  private arrive(packet: Uint8Array, direction: Direction): void {
    if (direction === Direction.OUT) {
      this.device.send(packet);
      return;
    }
    if (this.closing !== undefined) return;
    const nowUs = this.clock.nowUs();
    this.observe(packet, direction, nowUs);
    const datagram = readDatagram(packet, (of) => this.flowOf(of));
    if (datagram === undefined) this.arriveOther(packet);
    else this.stack.arrives(datagram, nowUs);
  }

  /** Only a SYN can make a connection, so only a SYN needs the connection's number. */
  private flowOf(datagram: Omit<Datagram, "flow">): number {
    if ((datagram.segment.flags & 0x12) !== 0x02) return 0;
    return this.isns.flowOf({
      localAddress: datagram.dst,
      localPort: datagram.dstPort,
      remoteAddress: datagram.src,
      remotePort: datagram.srcPort,
    });
  }

  private arriveOther(packet: Uint8Array): void {
    const error = readIcmpError(packet);
    if (error !== undefined) this.stack.icmpArrives(error);
  }

  private observe(packet: Uint8Array, direction: Direction, atUs: number): void {
    for (const observer of this.options.observers ?? []) {
      observer.packet?.(packet, direction, atUs);
    }
  }

  /** Lets everything happen that is due, and sets the alarm for the rest. */
  private onAlarm(): void {
    const nowUs = this.clock.nowUs();
    for (let due = this.waiting.take(nowUs); due !== undefined; due = this.waiting.take(nowUs)) {
      this.arrive(due.packet, due.direction);
    }
    for (const socket of [...this.connections.keys()]) {
      if (pollAt(socket.tcb) <= nowUs) this.stack.timeouts(socket, nowUs);
      else this.alarm.by(pollAt(socket.tcb));
    }
    this.alarm.by(this.waiting.nextAtUs);
  }
}
