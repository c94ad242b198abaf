export { ByteQueue } from "./byte-queue.ts";
export type { Datagram } from "./datagram.ts";
export type { Errno, Outcome } from "./errno.ts";
export {
  FIRST_EPHEMERAL_PORT,
  LAST_EPHEMERAL_PORT,
  PortAllocator,
  type PortRange,
} from "./ports.ts";
export type { Socket } from "./socket.ts";
export { type ConnectionEnd, Stack, type StackListener, type StackOptions } from "./stack.ts";
