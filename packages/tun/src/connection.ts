import type { StateName } from "@synfin/core/tcp";
import type { Errno } from "@synfin/sockets";

/**
 * One TCP connection, with promises: `read` waits for octets, `write` for room.
 * While nobody reads, the receive window closes and the peer waits.
 */
export interface Connection {
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** The state of RFC 9293, now. */
  readonly state: StateName;
  /** Octets that the peer has not acknowledged, sent or not. */
  readonly unacknowledged: number;
  /** Octets that have come and that nobody has read. */
  readonly unread: number;
  /**
   * Resolves once nothing more will happen for the user: to undefined after
   * both ends have closed (TIME-WAIT included), or else to why it ended.
   */
  readonly closed: Promise<Errno | undefined>;
  /** Resolves once the handshake is done. Rejects with a `ConnectionError` where it fails. */
  whenConnected(): Promise<void>;
  /**
   * The next octets, as soon as there are any, or undefined after the peer's
   * FIN. Rejects with a `ConnectionError` where the connection is gone.
   */
  read(atMost?: number): Promise<Uint8Array | undefined>;
  /**
   * Hands over octets, and resolves once all of them are in the send buffer.
   * Await it before the next one, or they mix. Rejects with a
   * `ConnectionError` where they cannot be sent.
   */
  write(bytes: Uint8Array): Promise<void>;
  /**
   * CLOSE: a FIN after what was written. Reading goes on (half-close, §3.6).
   * Throws a `ConnectionError` where there is nothing to close.
   */
  end(): void;
  /** ABORT: a RST, and nothing left; what `close` does under SO_LINGER with no time. */
  abort(): void;
  /** Closes both directions: with a FIN, or with a RST where octets came that no one read. */
  close(): void;
}
