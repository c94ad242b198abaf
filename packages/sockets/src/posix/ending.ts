import { State } from "@synfin/core/tcp";
import { done, failed, type Outcome } from "../errno.ts";
import type { Stack } from "../stack.ts";
import type { Description } from "./description.ts";
import { isAcknowledged } from "./progress.ts";
import type { Attempt } from "./waiting.ts";

/** Which half `shutdown` ends. */
export type ShutdownHow = "SHUT_RD" | "SHUT_WR" | "SHUT_RDWR";

/** `shutdown`. ENOTCONN without a connection. */
export function shutHalf(
  description: Description,
  stack: Stack,
  how: ShutdownHow,
  nowUs: number,
): Outcome<void> {
  const { socket } = description;
  if (socket === undefined || socket.tcb.state === State.CLOSED) return failed("ENOTCONN");
  if (how !== "SHUT_WR") description.readShut = true;
  if (how === "SHUT_RD" || description.writeShut) return done(undefined);
  description.writeShut = true;
  return stack.shutdown(socket, nowUs);
}

/**
 * No descriptor refers to this any more: what it listened for or was connected
 * to ends as RFC 9293 has it, or by a reset where text was left unread
 * (SHLD-3) or SO_LINGER says 0 seconds.
 */
export function endOf(description: Description, stack: Stack, nowUs: number): void {
  const { kind, socket, localPort, localAddress, options } = description;
  if (kind === "listening" && localPort !== undefined) {
    stack.unlisten(localPort, nowUs, localAddress);
  }
  if (socket === undefined || socket.tcb.state <= State.LISTEN) return;
  if (options.linger.on && options.linger.seconds === 0) {
    stack.abort(socket, nowUs);
    return;
  }
  stack.close(socket, nowUs);
  stack.release(socket);
}

/** What a `close` waits for: under SO_LINGER the peer's acknowledgment of everything. */
export function lingering({ options, nonBlocking, socket }: Description): Attempt<void> {
  const { on, seconds } = options.linger;
  const waits = on && seconds > 0 && !nonBlocking;
  return () =>
    waits && socket !== undefined && !isAcknowledged(socket) ? undefined : done(undefined);
}
