import { Signal, State, type StateName, stateName } from "@synfin/core/tcp";
import type { Errno, Outcome, Socket, Stack } from "@synfin/sockets";
import type { Clock } from "./clock.ts";
import type { Connection } from "./connection.ts";
import { ConnectionError } from "./connection-error.ts";

/** Octets that `write` puts into the send buffer before it waits for acknowledgments. */
const SEND_BUFFER = 262_144;
const READ_AT_MOST = 65_536;

/** A connection as the host has it: what its user sees, and what the stack tells it. */
export class LiveConnection implements Connection {
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly closed: Promise<Errno | undefined>;
  private readonly stack: Stack;
  private readonly socket: Socket;
  private readonly clock: Clock;
  private waiters: (() => void)[] = [];
  private connected: boolean;
  private over = false;
  private unwanted = false;
  private settle: (why: Errno | undefined) => void = () => undefined;

  constructor(stack: Stack, socket: Socket, clock: Clock) {
    this.stack = stack;
    this.socket = socket;
    this.clock = clock;
    this.connected = socket.tcb.state >= State.ESTABLISHED;
    this.localPort = socket.localPort;
    this.remoteAddress = socket.remoteAddress;
    this.remotePort = socket.remotePort;
    this.closed = new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  get state(): StateName {
    return stateName(this.socket.tcb.state);
  }

  get unacknowledged(): number {
    return this.socket.sendBuffer.length;
  }

  get unread(): number {
    return this.socket.receiveBuffer.length;
  }

  async whenConnected(): Promise<void> {
    while (!this.connected) {
      this.throwIfOver();
      await this.news();
    }
  }

  async read(atMost: number = READ_AT_MOST): Promise<Uint8Array | undefined> {
    for (;;) {
      const outcome = this.stack.recv(this.socket, atMost, this.clock.nowUs());
      if (outcome.ok) return outcome.value.length === 0 ? undefined : outcome.value;
      if (this.over || !mayChange(outcome.errno)) throw this.error(outcome.errno);
      await this.news();
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    let at = 0;
    while (at < bytes.length) {
      await this.room();
      const end = at + SEND_BUFFER - this.socket.sendBuffer.length;
      const part = bytes.subarray(at, end);
      this.orThrow(this.stack.send(this.socket, part, this.clock.nowUs()));
      at += part.length;
    }
  }

  /** Half of the buffer is free: what is sent meanwhile goes in whole segments. */
  private async room(): Promise<void> {
    while (2 * this.socket.sendBuffer.length > SEND_BUFFER) {
      this.throwIfOver();
      await this.news();
    }
  }

  end(): void {
    this.orThrow(this.stack.shutdown(this.socket, this.clock.nowUs()));
  }

  abort(): void {
    if (!this.over) this.stack.abort(this.socket, this.clock.nowUs());
  }

  close(): void {
    this.unwanted = true;
    if (!this.over) this.stack.close(this.socket, this.clock.nowUs());
  }

  /** The machine has something to say to the user. */
  signalled(signal: Signal): void {
    if (signal === Signal.CONNECTED) this.connected = true;
    this.stepped();
  }

  /** Octets came. After `close` nobody reads them, and a reset says so (SHLD-3). */
  delivered(): void {
    if (this.unwanted) this.abort();
    else this.stepped();
  }

  /** Something was done with the socket. */
  stepped(): void {
    const { state } = this.socket.tcb;
    if (state === State.TIME_WAIT || state === State.CLOSED || state === State.LISTEN) {
      this.finish();
    }
    for (const wake of this.waiters.splice(0)) wake();
  }

  private finish(): void {
    if (this.over) return;
    this.over = true;
    // The socket hears of its error only after the step that ends it.
    queueMicrotask(() => this.settle(this.socket.error));
  }

  private news(): Promise<void> {
    return new Promise((resolve) => {
      this.waiters.push(resolve);
    });
  }

  private throwIfOver(): void {
    const { error } = this.socket;
    if (error !== undefined) throw this.error(error);
    if (this.over) throw this.error("ENOTCONN");
  }

  private orThrow(outcome: Outcome<unknown>): void {
    if (!outcome.ok) throw this.error(outcome.errno);
  }

  private error(errno: Errno): ConnectionError {
    return new ConnectionError(errno, `${this.remoteAddress}:${this.remotePort}`);
  }
}

/** What a `recv` that found nothing may find later. */
function mayChange(errno: Errno): boolean {
  return errno === "EAGAIN" || errno === "ENOTCONN";
}
