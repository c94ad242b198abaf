import { isConnected } from "../socket.ts";
import type { Stack } from "../stack.ts";
import type { Description } from "./description.ts";

/** The events of `poll`, with Linux's values. */
export const PollEvent = {
  IN: 0x0001,
  PRI: 0x0002,
  OUT: 0x0004,
  ERR: 0x0008,
  HUP: 0x0010,
  NVAL: 0x0020,
  RDNORM: 0x0040,
  WRNORM: 0x0100,
  RDHUP: 0x2000,
} as const;

/** One line of what `poll` is asked: the events to wait for, as a sum of `PollEvent`. */
export interface PollRequest {
  readonly fd: number;
  readonly events: number;
}

/** What there is to know of a descriptor; errors and hang-ups come unasked. */
export function pollEvents(
  description: Description | undefined,
  events: number,
  stack: Stack,
): number {
  if (description === undefined) return PollEvent.NVAL;
  const asked = events | PollEvent.ERR | PollEvent.HUP;
  return condition(description, stack) & asked;
}

const READ = PollEvent.IN | PollEvent.RDNORM;
const WRITE = PollEvent.OUT | PollEvent.WRNORM;

function condition(description: Description, stack: Stack): number {
  const { kind, socket, localPort, localAddress } = description;
  if (kind === "listening") return stack.acceptable(localPort ?? 0, localAddress) > 0 ? READ : 0;
  if (socket === undefined) return WRITE | PollEvent.HUP;
  if (kind === "connecting" && !socket.connected && socket.error === undefined) return 0;
  const error = socket.error === undefined ? 0 : PollEvent.ERR | READ | WRITE;
  return error | readable(description) | writable(description) | hangUp(description);
}

function readable({ socket, readShut }: Description): number {
  if (socket === undefined) return 0;
  if (socket.endOfStream || readShut) return READ | PollEvent.RDHUP;
  return socket.receiveBuffer.length > 0 ? READ : 0;
}

function writable({ socket, options, writeShut }: Description): number {
  if (socket === undefined || writeShut || !isConnected(socket)) return WRITE;
  return socket.sendBuffer.length < options.sendBuffer ? WRITE : 0;
}

/** Both directions are over. */
function hangUp({ socket, readShut, writeShut }: Description): number {
  if (socket === undefined) return 0;
  const over = (socket.endOfStream || readShut) && writeShut;
  return over || !isConnected(socket) ? PollEvent.HUP : 0;
}
