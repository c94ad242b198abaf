import type { Cause } from "@synfin/core/tcp";
import type { Errno } from "@synfin/sockets";
import type { Cell } from "./cell.ts";
import type { End } from "./connections.ts";
import type { BulkHost } from "./host.ts";

/**
 * What the users of a host do: it is told what happens and answers with calls
 * of the cell. It keeps what it must know of a connection in `Connections.app`
 * or in itself; one object serves all the connections of its host in its cell.
 */
export interface Application {
  /** Whether what is received is read at once; it is, unless this says no. */
  readonly reads?: boolean;
  /** The run begins: listens, schedules the first calls. */
  begin?(cell: Cell, host: BulkHost): void;
  /** A while that `Cell.later` measured is over, and the connection is still there. */
  due?(cell: Cell, end: End, what: number): void;
  /** A while that `Cell.laterHost` measured is over. */
  hostDue?(cell: Cell, host: BulkHost, what: number, tag: number): void;
  /** The handshake is done: a `connect` has succeeded, or `accept` gives a connection. */
  connected?(cell: Cell, end: End): void;
  /** A connection waits at a listener that is accepted from by hand (`Cell.accept`). */
  acceptable?(cell: Cell, host: BulkHost, port: number): void;
  /** So many octets were received, in order. */
  received?(cell: Cell, end: End, octets: number): void;
  /** The peer has sent its FIN. */
  peerClosed?(cell: Cell, end: End): void;
  /**
   * The connection is over at this end, with an error or without one. Called
   * before its slot is free for another.
   */
  ended?(cell: Cell, end: End, error: Errno | undefined, cause: Cause): void;
}
