import { RFC9293, type TcpParams } from "@synfin/core/tcp";
import { type Datagram, type Outcome, Posix, Stack } from "@synfin/sockets";

export const CLIENT = "192.0.2.1";
export const SERVER = "192.0.2.2";
/** Another address of the same host. */
export const SERVER_TOO = "192.0.2.3";
export const SECOND = 1_000_000;

/** Two processes, and a wire between their hosts that carries what the test lets it carry. */
export class Pair {
  nowUs = 0;
  readonly wire: Datagram[] = [];
  readonly client: Posix;
  readonly server: Posix;

  constructor(params: Partial<TcpParams> = {}) {
    this.client = this.process(CLIENT, params, 100);
    this.server = this.process(SERVER, params, 4_294_967_290);
  }

  private process(address: string, params: Partial<TcpParams>, iss: number): Posix {
    const stack = new Stack({
      address,
      furtherAddresses: address === SERVER ? [SERVER_TOO] : [],
      params: { ...RFC9293, ...params },
      chooseIss: () => iss,
      listener: {
        sent: (datagram) => this.wire.push(datagram),
        changed: () => {},
        signalled: () => {},
        delivered: () => {},
        stepped: () => {},
      },
    });
    return new Posix(stack, { sendBuffer: 4000 });
  }

  /** Carries everything, both ways, until the wire is silent. */
  settle(): void {
    for (let datagram = this.wire.shift(); datagram; datagram = this.wire.shift()) {
      const to = datagram.dst === CLIENT ? this.client : this.server;
      to.arrives(datagram, this.nowUs);
    }
  }

  /** Lets time pass, with the timers of both, and loses what they send if `lose`. */
  pass(us: number, lose = false): void {
    const endUs = this.nowUs + us;
    for (;;) {
      const at = Math.min(this.client.pollAt(), this.server.pollAt());
      if (at > endUs) break;
      this.nowUs = Math.max(this.nowUs, at);
      this.client.timeouts(this.nowUs);
      this.server.timeouts(this.nowUs);
      if (lose) this.wire.length = 0;
      else this.settle();
    }
    this.nowUs = endUs;
  }

  listening(): number {
    const fd = value(this.server.socket());
    value(this.server.bind(fd, 80));
    value(this.server.listen(fd, 5));
    return fd;
  }

  /** A connection: the client's descriptor, the server's, and the listener's. */
  connected(): { client: number; server: number; listener: number } {
    const listener = this.listening();
    const client = value(this.client.socket());
    const connect = said<void>();
    this.client.connect(client, SERVER, 80, this.nowUs, connect.answer);
    this.settle();
    value(connect.outcome);
    const accept = said<number>();
    this.server.accept(listener, this.nowUs, accept.answer);
    return { client, server: value(accept.outcome), listener };
  }

  /** A further connection of the client, which no one has accepted yet. */
  connectedAgain(): number {
    const fd = value(this.client.socket());
    this.client.connect(fd, SERVER, 80, this.nowUs, () => {});
    this.settle();
    return fd;
  }
}

/** What a call answered, once it has. */
export class Said<T> {
  answers = 0;
  private said: Outcome<T> | undefined;
  readonly answer = (outcome: Outcome<T>): void => {
    this.answers += 1;
    this.said = outcome;
  };

  get outcome(): Outcome<T> {
    if (this.said === undefined) throw new Error("the call still blocks");
    return this.said;
  }
}

export function said<T>(): Said<T> {
  return new Said<T>();
}

export function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.errno);
  return outcome.value;
}

export function errno(outcome: Outcome<unknown>): string {
  return outcome.ok ? "no error" : outcome.errno;
}

export const text = (words: string): Uint8Array =>
  Uint8Array.from(words, (char) => char.charCodeAt(0));
export const words = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

export function read(pair: Pair, process: Posix, fd: number, length = 100): Said<Uint8Array> {
  const call = said<Uint8Array>();
  process.recv(fd, length, {}, pair.nowUs, call.answer);
  return call;
}

export function write(pair: Pair, process: Posix, fd: number, bytes: Uint8Array): Said<number> {
  const call = said<number>();
  process.send(fd, bytes, {}, pair.nowUs, call.answer);
  return call;
}

export function close(pair: Pair, process: Posix, fd: number): Said<void> {
  const call = said<void>();
  process.close(fd, pair.nowUs, call.answer);
  return call;
}
