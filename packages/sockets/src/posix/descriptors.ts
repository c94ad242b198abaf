import { State } from "@synfin/core/tcp";
import { done, failed, type Outcome } from "../errno.ts";
import type { Socket } from "../socket.ts";
import type { Description } from "./description.ts";

/** The file descriptors of one process. */
export class Descriptors {
  private readonly byFd = new Map<number, Description>();
  private readonly firstFd: number;

  /** @param firstFd the lowest that is handed out */
  constructor(firstFd: number) {
    this.firstFd = firstFd;
  }

  /** The lowest free descriptor, from now on for this. */
  install(description: Description): number {
    let fd = this.firstFd;
    while (this.byFd.has(fd)) fd += 1;
    this.byFd.set(fd, description);
    return fd;
  }

  find(fd: number): Description | undefined {
    return this.byFd.get(fd);
  }

  /** Frees a descriptor. @returns what it referred to */
  take(fd: number): Description | undefined {
    const description = this.byFd.get(fd);
    this.byFd.delete(fd);
    return description;
  }

  /** What a call that cannot block comes to. EBADF for what refers to nothing. */
  with<T>(fd: number, use: (description: Description) => Outcome<T>): Outcome<T> {
    const description = this.byFd.get(fd);
    return description === undefined ? failed("EBADF") : use(description);
  }

  all(): Description[] {
    return [...this.byFd.values()];
  }

  /**
   * The states of all sockets, as an operator lists them: of every descriptor,
   * and of the connections of `sockets` that belong to none.
   */
  states(sockets: readonly Socket[]): State[] {
    const open = this.all();
    const held = open.map(({ kind, socket }): State => {
      return kind === "listening" ? State.LISTEN : (socket?.tcb.state ?? State.CLOSED);
    });
    const loose = sockets.filter((socket) => open.every((own) => own.socket !== socket));
    return [...held, ...loose.map(({ tcb }) => tcb.state)];
  }
}

/** `ioctl(FIONREAD)` and `ioctl(SIOCOUTQ)`: what waits in a buffer. EINVAL for a listener. */
export function waitingIn(
  { kind, socket }: Description,
  buffer: "receiveBuffer" | "sendBuffer",
): Outcome<number> {
  return kind === "listening" ? failed("EINVAL") : done(socket?.[buffer].length ?? 0);
}
