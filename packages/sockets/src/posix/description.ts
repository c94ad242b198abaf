import type { Socket } from "../socket.ts";

/** `SO_LINGER`: whether `close` waits, and for how many seconds; 0 seconds is an abort. */
export interface Linger {
  readonly on: boolean;
  readonly seconds: number;
}

/** The options of one socket, as `setsockopt` left them. */
export interface SocketOptions {
  reuseAddress: boolean;
  keepAlive: boolean;
  noDelay: boolean;
  linger: Linger;
  /** Octets that may wait unread; undefined is what the host's parameters say. */
  receiveBuffer: number | undefined;
  /** Octets that may wait unacknowledged or unsent. */
  sendBuffer: number;
  /** Microseconds that a blocking read or write may take; 0 is for ever. */
  receiveTimeoutUs: number;
  sendTimeoutUs: number;
  /** TCP_USER_TIMEOUT in milliseconds; 0 is what the host's parameters say. */
  userTimeoutMs: number;
  /** TCP_MAXSEG; 0 is what the host's parameters say. */
  maxSegment: number;
}

/** Where a descriptor stands in the life of a socket. */
export type DescriptionKind = "new" | "listening" | "connecting" | "connected";

/** What a file descriptor refers to. */
export interface Description {
  kind: DescriptionKind;
  nonBlocking: boolean;
  localPort: number | undefined;
  /** The address that it is bound to; undefined for any of the host's. */
  localAddress: string | undefined;
  /** The connection, once there is one. */
  socket: Socket | undefined;
  /** SHUT_RD was called: after what is buffered comes the end. */
  readShut: boolean;
  writeShut: boolean;
  readonly options: SocketOptions;
}

export function createDescription(options: SocketOptions): Description {
  return {
    kind: "new",
    nonBlocking: false,
    localPort: undefined,
    localAddress: undefined,
    socket: undefined,
    readShut: false,
    writeShut: false,
    options,
  };
}

export function defaultOptions(
  sendBuffer: number,
  receiveBuffer: number | undefined,
): SocketOptions {
  return {
    reuseAddress: false,
    keepAlive: false,
    noDelay: false,
    linger: { on: false, seconds: 0 },
    receiveBuffer,
    sendBuffer,
    receiveTimeoutUs: 0,
    sendTimeoutUs: 0,
    userTimeoutMs: 0,
    maxSegment: 0,
  };
}
