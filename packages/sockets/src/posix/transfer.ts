import { done, type Errno, failed, type Outcome } from "../errno.ts";
import { isConnected } from "../socket.ts";
import type { Stack } from "../stack.ts";
import type { Description } from "./description.ts";
import type { Attempt } from "./waiting.ts";

const NOTHING = new Uint8Array(0);

/** The error that waits on a socket, which is told once and then forgotten. */
export function takeError({ socket }: Description): Errno | undefined {
  const errno = socket?.error;
  if (socket !== undefined) socket.error = undefined;
  return errno;
}

/** The soft error of a connection that may yet succeed: told once, and then forgotten. */
export function takeSoftError({ socket }: Description): Errno | undefined {
  const errno = socket?.softError;
  if (socket !== undefined) socket.softError = undefined;
  return errno;
}

/** Reads what there is; nothing is the end of the stream. Waits while nothing has come. */
export function receiving(
  stack: Stack,
  description: Description,
  length: number,
  peek: boolean,
): Attempt<Uint8Array> {
  return (nowUs) => {
    const { socket } = description;
    if (socket === undefined) return failed("ENOTCONN");
    const available = socket.receiveBuffer.length;
    if (available > 0 && peek) {
      return done(socket.receiveBuffer.copy(0, Math.min(length, available)));
    }
    if (available > 0) return stack.recv(socket, length, nowUs);
    const error = takeError(description);
    if (error !== undefined) return failed(error);
    const over = socket.endOfStream || description.readShut;
    if (over || (socket.connected && !isConnected(socket))) return done(NOTHING);
    // A connection that is still being made may yet bring something to read.
    const mayBring = description.kind === "connecting" || isConnected(socket);
    return mayBring ? undefined : failed("ENOTCONN");
  };
}

/**
 * Writes as much as the send buffer has room for. Waits until all of it is
 * written, or, where `partial`, until something is.
 */
export function sending(
  stack: Stack,
  description: Description,
  bytes: Uint8Array,
  partial: boolean,
  urgent: boolean,
): Attempt<number> {
  let written = 0;
  return (nowUs) => {
    const stopped = whyNotSend(description);
    if (stopped === "wait") return undefined;
    const { socket, options } = description;
    if (stopped !== undefined || socket === undefined) {
      return written > 0 ? done(written) : failed(stopped ?? "ENOTCONN");
    }
    const room = Math.max(0, options.sendBuffer - socket.sendBuffer.length);
    const outcome = write(
      stack,
      description,
      bytes.subarray(written, written + room),
      nowUs,
      urgent,
    );
    if (!outcome.ok) return outcome;
    written += outcome.value;
    const enough = written === bytes.length || (partial && written > 0);
    return enough ? done(written) : undefined;
  };
}

function write(
  stack: Stack,
  { socket }: Description,
  bytes: Uint8Array,
  nowUs: number,
  urgent: boolean,
): Outcome<number> {
  if (socket === undefined || bytes.length === 0) return done(0);
  return stack.send(socket, bytes, nowUs, urgent);
}

function whyNotSend(description: Description): Errno | "wait" | undefined {
  const { socket } = description;
  if (socket === undefined) return "ENOTCONN";
  const error = takeError(description);
  if (error !== undefined) return error;
  if (description.writeShut) return "EPIPE";
  if (isConnected(socket)) return undefined;
  return socket.connected || description.kind !== "connecting" ? "EPIPE" : "wait";
}
