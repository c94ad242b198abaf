import type { IsnSecret, Signal, StateChange, TcpParams } from "@synfin/core/tcp";
import type { ConnectionEnds } from "./connection-table.ts";
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

export interface StackOptions {
  /** This host's address, as its peers write it. */
  readonly address: string;
  /** More addresses of the same host, of either IP version. */
  readonly furtherAddresses?: readonly string[];
  readonly params: TcpParams;
  /** An initial sequence number for a new connection (§3.4.1). */
  readonly chooseIss: (flow: number, ends: ConnectionEnds, nowUs: number) => number;
  /** The key of this host's SYN cookies; without one it sends none. */
  readonly cookieSecret?: IsnSecret;
  /** The ports for connections that name none; RFC 6335's by default. */
  readonly ephemeralPorts?: PortRange;
  readonly listener: StackListener;
}
