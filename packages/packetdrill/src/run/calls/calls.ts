import type { Call } from "./call.ts";
import { fcntl, getsockopt, setsockopt } from "./control.ts";
import { accept, bind, close, connect, listen, shutdown, socket } from "./opening.ts";
import { poll } from "./poll.ts";
import { ioctl, read, recv, send, write } from "./transfer.ts";

/** The system calls that scripts may make. */
export const CALLS: Readonly<Record<string, Call>> = {
  accept,
  accept4: accept,
  bind,
  close,
  connect,
  fcntl,
  getsockopt,
  ioctl,
  listen,
  poll,
  read,
  recv,
  recvfrom: recv,
  send,
  sendto: send,
  setsockopt,
  shutdown,
  socket,
  write,
};
