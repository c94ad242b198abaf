import type { Errno } from "@synfin/sockets";

const MEANING: Readonly<Partial<Record<Errno, string>>> = {
  EADDRINUSE: "the port is taken",
  ECONNREFUSED: "the peer refused the connection",
  ECONNRESET: "the peer reset the connection",
  EHOSTUNREACH: "the peer cannot be reached",
  EINVAL: "this is no address of a host",
  ENETUNREACH: "the network cannot be reached",
  ENOTCONN: "there is no connection any more",
  EPIPE: "this end of the connection is closed",
  ETIMEDOUT: "the peer did not answer in time",
};

/** A socket call that failed. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
  /** The POSIX name, under the property that Node's own errors have it in. */
  readonly code: Errno;

  constructor(code: Errno, about: string) {
    super(`${about}: ${MEANING[code] ?? "the call failed"} (${code})`);
    this.code = code;
  }
}
