import { type CallResult, Signal } from "@synfin/core/tcp";
import { done, type Errno, failed, type Outcome } from "./errno.ts";

/** The errno that a signal leaves on the socket. */
export const SIGNAL_ERRNO: ReadonlyMap<Signal, Errno> = new Map([
  [Signal.RESET, "ECONNRESET"],
  [Signal.REFUSED, "ECONNREFUSED"],
  [Signal.TIMED_OUT, "ETIMEDOUT"],
]);

/** What a call to the machine answered, as a socket call answers it. */
export function callOutcome(result: CallResult): Outcome<void> {
  return result === "ok" ? done(undefined) : failed(callErrno(result));
}

/** The errno for what RFC 9293 says in words. */
export function callErrno(result: Exclude<CallResult, "ok">): Errno {
  switch (result) {
    case "connection closing":
      return "EPIPE";
    case "insufficient resources":
      return "ENOBUFS";
    case "connection already exists":
      return "EISCONN";
    case "connection does not exist":
      return "ENOTCONN";
  }
}
