import type { Signal, StateChange, TcpParams } from "@synfin/core/tcp";
import type { Datagram } from "./datagram.ts";
import type { PortRange } from "./ports.ts";
import type { Socket } from "./socket.ts";

/** Where a stack's doings go; whoever runs the stack supplies it. */
export interface StackListener {
  /** A segment leaves. `socket` is undefined for a reset that no connection sends. */
  sent(datagram: Datagram, socket: Socket | undefined): void;
  changed(socket: Socket, change: Readonly<StateChange>): void;
  signalled(socket: Socket, signal: Signal): void;
  /** `length` octets can be read. */
  delivered(socket: Socket, length: number): void;
  /** Something was done with this socket; its timers may be different now. */
  stepped(socket: Socket): void;
}

/** What a new connection is told apart by, as its host sees it. */
export interface ConnectionEnd {
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
}

export interface StackOptions {
  /** This host's address, as its peers write it. */
  readonly address: string;
  readonly params: TcpParams;
  /** An initial sequence number for a new connection (§3.4.1). */
  readonly chooseIss: (flow: number, end: ConnectionEnd, nowUs: number) => number;
  /** The ports for connections that name none; RFC 6335's by default. */
  readonly ephemeralPorts?: PortRange;
  readonly listener: StackListener;
}
