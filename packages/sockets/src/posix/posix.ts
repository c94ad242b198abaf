import { pollAt, type State } from "@synfin/core/tcp";
import type { Datagram } from "../datagram.ts";
import { done, type Errno, failed, type Outcome } from "../errno.ts";
import type { IcmpError } from "../icmp-error.ts";
import type { Socket } from "../socket.ts";
import type { Stack } from "../stack.ts";
import { bindTo } from "./binding.ts";
import { createDescription, type Description, defaultOptions, type Linger } from "./description.ts";
import { Descriptors, waitingIn } from "./descriptors.ts";
import { endOf, lingering, type ShutdownHow, shutHalf } from "./ending.ts";
import { type PollRequest, pollEvents } from "./poll.ts";
import { connecting, hasFailed } from "./progress.ts";
import {
  type NumberOption,
  paramsWith,
  readOption,
  takeKeepAlive,
  writeLinger,
  writeOption,
} from "./socket-options.ts";
import { receiving, sending, takeError, takeSoftError } from "./transfer.ts";
import { type Answer, type Attempt, type Plan, Waiting } from "./waiting.ts";

/** What `Posix` may be told beside its stack. */
export interface PosixOptions {
  /** SO_SNDBUF of a new socket: octets that may wait to be sent or acknowledged. */
  readonly sendBuffer?: number;
  /** SO_RCVBUF of a new socket, if it is to be another than the machine's own receive buffer. */
  readonly receiveBuffer?: number | undefined;
  /** The lowest descriptor that is handed out; 0 to 2 are the process's own. */
  readonly firstFd?: number;
}

/** Flags of one `recv` or `send`. */
export interface TransferFlags {
  readonly dontWait?: boolean;
  readonly peek?: boolean;
  /** MSG_OOB: the octets are urgent (RFC 9293 §3.8.5). */
  readonly urgent?: boolean;
}

const SECOND_US = 1_000_000;
const MILLISECOND_US = 1000;

/**
 * The socket calls of one process over a `Stack`, by file descriptor. A call
 * that may block takes a continuation, `answer`, which is called exactly once:
 * before the call returns where it need not wait, and later otherwise. Whoever
 * holds the stack passes arrivals and timeouts through here, so that calls
 * that wait see them.
 */
export class Posix {
  readonly stack: Stack;
  private readonly descriptors: Descriptors;
  private readonly waiting = new Waiting();
  private sendBuffer: number;
  private receiveBuffer: number | undefined;
  private flows = 0;

  constructor(stack: Stack, options: PosixOptions = {}) {
    this.stack = stack;
    this.sendBuffer = options.sendBuffer ?? 65536;
    this.receiveBuffer = options.receiveBuffer;
    this.descriptors = new Descriptors(options.firstFd ?? 3);
  }

  /** Changes the buffers that new sockets get. */
  configure({ sendBuffer, receiveBuffer }: PosixOptions): void {
    this.sendBuffer = sendBuffer ?? this.sendBuffer;
    this.receiveBuffer = receiveBuffer ?? this.receiveBuffer;
  }

  /** `socket(AF_INET, SOCK_STREAM, 0)`: the lowest free descriptor. */
  socket(): Outcome<number> {
    const options = defaultOptions(this.sendBuffer, this.receiveBuffer);
    return done(this.descriptors.install(createDescription(options)));
  }

  /**
   * `bind`: the local port, at one address or (`0.0.0.0`, `::`) at any. EADDRINUSE
   * where another socket overlaps; SO_REUSEADDR overlooks old connections.
   */
  bind(fd: number, port: number, address?: string): Outcome<void> {
    const others = this.descriptors.all();
    return this.descriptors.with(fd, (description) =>
      bindTo(description, others, this.stack, port, address),
    );
  }

  /** `listen`. EDESTADDRREQ before `bind`. A backlog below 0 is 0, as POSIX has it. */
  listen(fd: number, backlog: number): Outcome<void> {
    return this.descriptors.with(fd, (description) => {
      const { kind, localPort, localAddress: address, options } = description;
      if (kind === "listening") return done(undefined);
      if (kind !== "new") return failed("EINVAL");
      if (localPort === undefined) return failed("EDESTADDRREQ");
      const params = paramsWith(this.stack.params, options);
      const limit = Math.max(0, backlog);
      const outcome = this.stack.listen(localPort, { address, backlog: limit, params });
      if (!outcome.ok) return outcome;
      description.kind = "listening";
      return done(undefined);
    });
  }

  /** `accept`: a descriptor for the next connection of this listener. */
  accept(fd: number, nowUs: number, answer: Answer<number>): void {
    this.start(fd, nowUs, answer, (listener) => {
      if (listener.kind !== "listening") return { fail: "EINVAL" };
      const attempt: Attempt<number> = (atUs) => {
        const outcome = this.stack.accept(listener.localPort ?? 0, listener.localAddress);
        if (!outcome.ok) return outcome.errno === "EAGAIN" ? undefined : outcome;
        return done(this.adopt(listener, outcome.value, atUs));
      };
      return { attempt, timeoutUs: listener.options.receiveTimeoutUs };
    });
  }

  /** A new connection has the options of its listener, and blocks as a new socket does. */
  private adopt(listener: Description, socket: Socket, nowUs: number): number {
    const description = createDescription({ ...listener.options });
    description.kind = "connected";
    description.localPort = socket.localPort;
    description.localAddress = socket.localAddress;
    description.socket = socket;
    takeKeepAlive(description, nowUs);
    return this.descriptors.install(description);
  }

  /**
   * `connect`. A non-blocking socket answers EINPROGRESS; asked again, it
   * answers EALREADY, then once how it went, then EISCONN.
   */
  connect(fd: number, address: string, port: number, nowUs: number, answer: Answer<void>): void {
    this.start(fd, nowUs, answer, (description) => {
      if (description.kind === "listening") return { fail: "EOPNOTSUPP" };
      if (description.kind === "connected") return { fail: "EISCONN" };
      const again = description.kind === "connecting" && !hasFailed(description);
      if (!again) {
        const refusal = this.open(description, address, port, nowUs);
        if (refusal !== undefined) return { fail: refusal };
      }
      const wouldBlock = again ? "EALREADY" : "EINPROGRESS";
      const { sendTimeoutUs: timeoutUs } = description.options;
      return { attempt: () => connecting(description), timeoutUs, wouldBlock, late: "EINPROGRESS" };
    });
  }

  private open(
    description: Description,
    address: string,
    port: number,
    nowUs: number,
  ): Errno | undefined {
    const params = paramsWith(this.stack.params, description.options);
    const flow = this.flows++;
    const { localPort, localAddress } = description;
    const options = { params, localAddress };
    const outcome = this.stack.connect(address, port, localPort, flow, nowUs, options);
    if (!outcome.ok) return outcome.errno;
    description.socket = outcome.value;
    description.localPort = outcome.value.localPort;
    description.kind = "connecting";
    takeKeepAlive(description, nowUs);
    return undefined;
  }

  /** `recv`, and `read` without flags. No octets are the end of the stream. */
  recv(
    fd: number,
    length: number,
    flags: TransferFlags,
    nowUs: number,
    answer: Answer<Uint8Array>,
  ): void {
    this.start(fd, nowUs, answer, (description) => {
      const attempt = receiving(this.stack, description, length, flags.peek === true);
      const { receiveTimeoutUs: timeoutUs } = description.options;
      return { attempt, timeoutUs, dontWait: flags.dontWait === true };
    });
  }

  /** `send`, and `write` without flags. A blocking call waits until all octets are buffered. */
  send(
    fd: number,
    bytes: Uint8Array,
    flags: TransferFlags,
    nowUs: number,
    answer: Answer<number>,
  ): void {
    this.start(fd, nowUs, answer, (description) => {
      const dontWait = flags.dontWait === true;
      const partial = dontWait || description.nonBlocking;
      const attempt = sending(this.stack, description, bytes, partial, flags.urgent === true);
      return { attempt, timeoutUs: description.options.sendTimeoutUs, dontWait };
    });
  }

  /** `shutdown`. ENOTCONN without a connection. */
  shutdown(fd: number, how: ShutdownHow, nowUs: number): Outcome<void> {
    const outcome = this.descriptors.with(fd, (description) =>
      shutHalf(description, this.stack, how, nowUs),
    );
    this.waiting.settle(nowUs);
    return outcome;
  }

  /**
   * `close`: the descriptor is gone at once, and the connection ends by itself.
   * With SO_LINGER and some seconds a blocking call waits for the peer's
   * acknowledgment of everything.
   */
  close(fd: number, nowUs: number, answer: Answer<void>): void {
    const description = this.descriptors.take(fd);
    if (description === undefined) {
      answer(failed("EBADF"), nowUs);
      return;
    }
    endOf(description, this.stack, nowUs);
    const deadlineUs = nowUs + description.options.linger.seconds * SECOND_US;
    this.waiting.call(lingering(description), answer, nowUs, deadlineUs, done(undefined));
  }

  /** `fcntl(F_GETFL)`, as far as it means something: whether calls must not block. */
  isNonBlocking(fd: number): Outcome<boolean> {
    return this.descriptors.with(fd, ({ nonBlocking }) => done(nonBlocking));
  }

  /** `fcntl(F_SETFL)`, or `ioctl(FIONBIO)`. */
  setNonBlocking(fd: number, nonBlocking: boolean): Outcome<void> {
    return this.descriptors.with(fd, (description) => {
      description.nonBlocking = nonBlocking;
      return done(undefined);
    });
  }

  getsockopt(fd: number, name: NumberOption): Outcome<number> {
    return this.descriptors.with(fd, (description) =>
      readOption(description, name, this.stack.params),
    );
  }

  setsockopt(fd: number, name: NumberOption, value: number, nowUs: number): Outcome<void> {
    return this.descriptors.with(fd, (description) => writeOption(description, name, value, nowUs));
  }

  /** `getsockopt(SO_ERROR)`: why it failed, or else its soft error (SHLD-25); told once. */
  takeError(fd: number): Outcome<Errno | undefined> {
    return this.descriptors.with(fd, (description) =>
      done(takeError(description) ?? takeSoftError(description)),
    );
  }

  getLinger(fd: number): Outcome<Linger> {
    return this.descriptors.with(fd, ({ options }) => done(options.linger));
  }

  setLinger(fd: number, linger: Linger): Outcome<void> {
    return this.descriptors.with(fd, (description) => writeLinger(description, linger));
  }

  /** `ioctl(FIONREAD)`: octets that can be read. */
  readable(fd: number): Outcome<number> {
    return this.descriptors.with(fd, (description) => waitingIn(description, "receiveBuffer"));
  }

  /** `ioctl(SIOCOUTQ)`: octets that the peer has not acknowledged. */
  unacknowledged(fd: number): Outcome<number> {
    return this.descriptors.with(fd, (description) => waitingIn(description, "sendBuffer"));
  }

  /**
   * `poll`: what has come of each request, in their order, as sums of
   * `PollEvent`. `timeoutMs` below 0 waits for ever.
   */
  poll(
    requests: readonly PollRequest[],
    timeoutMs: number,
    nowUs: number,
    answer: Answer<readonly number[]>,
  ): void {
    const attempt: Attempt<readonly number[]> = () => {
      const found = requests.map(({ fd, events }) =>
        pollEvents(this.descriptors.find(fd), events, this.stack),
      );
      return timeoutMs === 0 || found.some((events) => events !== 0) ? done(found) : undefined;
    };
    const nothing = done(requests.map(() => 0));
    const deadlineUs = timeoutMs < 0 ? undefined : nowUs + timeoutMs * MILLISECOND_US;
    this.waiting.call(attempt, answer, nowUs, deadlineUs, nothing);
  }

  /** The connection behind a descriptor, for those who look on. */
  connection(fd: number): Socket | undefined {
    return this.descriptors.find(fd)?.socket;
  }

  /** The states of all sockets, as an operator lists them. */
  states(): State[] {
    return this.descriptors.states(this.stack.sockets());
  }

  /** A segment arrives at this host. */
  arrives(datagram: Datagram, nowUs: number): void {
    this.stack.arrives(datagram, nowUs);
    this.waiting.settle(nowUs);
  }

  /** An ICMP error arrives at this host. */
  icmpArrives(error: IcmpError, nowUs: number): void {
    this.stack.icmpArrives(error);
    this.waiting.settle(nowUs);
  }

  /** When `timeouts` next wants to be called, or `Infinity`. */
  pollAt(): number {
    const first = this.waiting.nextAtUs();
    return this.stack.sockets().reduce((at, { tcb }) => Math.min(at, pollAt(tcb)), first);
  }

  /** Does what is due at `nowUs`: the machine's timeouts, and the deadlines of calls. */
  timeouts(nowUs: number): void {
    for (const socket of this.stack.sockets()) {
      if (pollAt(socket.tcb) <= nowUs) this.stack.timeouts(socket, nowUs);
    }
    this.waiting.settle(nowUs);
    this.waiting.expire(nowUs);
    this.waiting.settle(nowUs);
  }

  /** A call that may block: refused at once, or tried until it comes to something. */
  private start<T>(
    fd: number,
    nowUs: number,
    answer: Answer<T>,
    plan: (description: Description) => Plan<T>,
  ): void {
    const description = this.descriptors.find(fd);
    const planned: Plan<T> = description === undefined ? { fail: "EBADF" } : plan(description);
    if ("fail" in planned) {
      answer(failed(planned.fail), nowUs);
      return;
    }
    const { attempt, timeoutUs, wouldBlock = "EAGAIN", late = "EAGAIN", dontWait } = planned;
    if (dontWait === true || description?.nonBlocking === true) {
      const mayNotWait: Attempt<T> = (atUs) => attempt(atUs) ?? failed(wouldBlock);
      this.waiting.call(mayNotWait, answer, nowUs);
      return;
    }
    const deadlineUs = timeoutUs === 0 ? undefined : nowUs + timeoutUs;
    this.waiting.call(attempt, answer, nowUs, deadlineUs, failed(late));
  }
}
