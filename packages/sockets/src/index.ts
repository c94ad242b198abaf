export {
  type AckVerdict,
  type BacklogCounts,
  type BacklogPolicy,
  onHandshakeAck,
  onSyn,
  type SynVerdict,
} from "./backlog.ts";
export { ByteQueue } from "./byte-queue.ts";
export type { ConnectionEnds } from "./connection-table.ts";
export type { Datagram } from "./datagram.ts";
export type { Errno, Outcome } from "./errno.ts";
export type { IcmpError } from "./icmp-error.ts";
export type { ListenOptions } from "./listener.ts";
export {
  FIRST_EPHEMERAL_PORT,
  LAST_EPHEMERAL_PORT,
  PortAllocator,
  type PortRange,
} from "./ports.ts";
export type { Linger } from "./posix/description.ts";
export type { ShutdownHow } from "./posix/ending.ts";
export { PollEvent, type PollRequest } from "./posix/poll.ts";
export { Posix, type PosixOptions, type TransferFlags } from "./posix/posix.ts";
export { NUMBER_OPTIONS, type NumberOption } from "./posix/socket-options.ts";
export type { Answer } from "./posix/waiting.ts";
export type { Socket } from "./socket.ts";
export { type ConnectOptions, Stack } from "./stack.ts";
export type { StackListener, StackOptions } from "./stack-options.ts";
