import type { TcpParams } from "@synfin/core/tcp";
import type { Socket } from "./socket.ts";

/** A port that takes connections. */
export interface Listener {
  /** Connections whose handshake is done, for `accept`. */
  readonly queue: Socket[];
  readonly backlog: number;
  params: TcpParams;
}

/** What `listen` may be told. */
export interface ListenOptions {
  /** How many connections may wait for `accept` before SYNs are ignored; no limit by default. */
  readonly backlog?: number;
  /** What the machine runs the connections of this listener with; the stack's own by default. */
  readonly params?: TcpParams;
}
