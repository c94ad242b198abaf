import { State } from "@synfin/core/tcp";
import { done, failed, type Outcome } from "../errno.ts";
import type { Socket } from "../socket.ts";
import type { Description } from "./description.ts";
import { takeError } from "./transfer.ts";

/** How a `connect` went; undefined while it is under way. */
export function connecting(description: Description): Outcome<void> | undefined {
  const { socket } = description;
  if (socket === undefined) return failed("ENOTCONN");
  const error = takeError(description);
  if (error !== undefined) {
    // The socket may try again, as if it were new.
    description.kind = "new";
    description.socket = undefined;
    return failed(error);
  }
  if (!socket.connected) return undefined;
  description.kind = "connected";
  return done(undefined);
}

/** The connection came to nothing, and its error has been told: a new `connect` may begin. */
export function hasFailed({ socket }: Description): boolean {
  if (socket === undefined) return true;
  return socket.tcb.state === State.CLOSED && !socket.connected && socket.error === undefined;
}

/** Everything that was sent has been acknowledged, the FIN too, or the connection is no more. */
export function isAcknowledged({ tcb, sendBuffer }: Socket): boolean {
  if (tcb.state <= State.LISTEN) return true;
  return sendBuffer.length === 0 && tcb.finSent === 1 && tcb.sndUna === tcb.sndNxt;
}
