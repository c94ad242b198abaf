import { pollAt, RFC9293, State, stateName, type TcpParams } from "@synfin/core/tcp";
import { type Datagram, type Outcome, PollEvent, Posix, Stack } from "@synfin/sockets";
import { beforeEach, describe, expect, test } from "vitest";

const CLIENT = "192.0.2.1";
const SERVER = "192.0.2.2";
const SECOND = 1_000_000;

/** Two processes, and a wire between their hosts that carries what the test lets it carry. */
class Pair {
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
class Said<T> {
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

function said<T>(): Said<T> {
  return new Said<T>();
}

function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.errno);
  return outcome.value;
}

function errno(outcome: Outcome<unknown>): string {
  return outcome.ok ? "no error" : outcome.errno;
}

const text = (words: string): Uint8Array => Uint8Array.from(words, (char) => char.charCodeAt(0));
const words = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

let pair: Pair;
beforeEach(() => {
  pair = new Pair();
});

function read(process: Posix, fd: number, length = 100): Said<Uint8Array> {
  const call = said<Uint8Array>();
  process.recv(fd, length, {}, pair.nowUs, call.answer);
  return call;
}

function write(process: Posix, fd: number, bytes: Uint8Array): Said<number> {
  const call = said<number>();
  process.send(fd, bytes, {}, pair.nowUs, call.answer);
  return call;
}

function close(process: Posix, fd: number): Said<void> {
  const call = said<void>();
  process.close(fd, pair.nowUs, call.answer);
  return call;
}

describe("calls that block", () => {
  test("connect and accept end with the handshake", () => {
    const listener = pair.listening();
    const accept = said<number>();
    pair.server.accept(listener, 0, accept.answer);
    const client = value(pair.client.socket());
    const connect = said<void>();
    pair.client.connect(client, SERVER, 80, 0, connect.answer);
    expect([accept.answers, connect.answers]).toEqual([0, 0]);
    pair.settle();
    expect([accept.answers, connect.answers]).toEqual([1, 1]);
    expect(value(accept.outcome)).toBe(4);
  });

  test("read waits for octets, and then for the end", () => {
    const { client, server } = pair.connected();
    const first = read(pair.server, server);
    pair.settle();
    expect(first.answers).toBe(0);
    write(pair.client, client, text("hello"));
    pair.settle();
    expect(words(value(first.outcome))).toBe("hello");

    const second = read(pair.server, server);
    value(pair.client.shutdown(client, "SHUT_WR", pair.nowUs));
    pair.settle();
    expect(value(second.outcome)).toHaveLength(0);
  });

  test("write returns once the last octet is in the send buffer", () => {
    const { client, server } = pair.connected();
    const call = write(pair.client, client, new Uint8Array(9000).fill(7));
    expect(call.answers).toBe(0);
    let received = 0;
    for (let rounds = 0; rounds < 20 && received < 9000; rounds += 1) {
      pair.settle();
      if (value(pair.server.readable(server)) > 0) {
        received += value(read(pair.server, server, 10_000).outcome).length;
      }
    }
    expect(received).toBe(9000);
    expect(value(call.outcome)).toBe(9000);
  });

  test("SO_RCVTIMEO and SO_SNDTIMEO end the wait", () => {
    const { client } = pair.connected();
    value(pair.client.setsockopt(client, "SO_RCVTIMEO", 2 * SECOND));
    const call = read(pair.client, client);
    pair.pass(1.9 * SECOND);
    expect(call.answers).toBe(0);
    pair.pass(0.2 * SECOND);
    expect(errno(call.outcome)).toBe("EAGAIN");

    const other = value(pair.client.socket());
    value(pair.client.setsockopt(other, "SO_SNDTIMEO", SECOND));
    const connect = said<void>();
    pair.client.connect(other, SERVER, 80, pair.nowUs, connect.answer);
    pair.wire.length = 0;
    pair.pass(0.9 * SECOND, true);
    expect(connect.answers).toBe(0);
    pair.pass(0.2 * SECOND, true);
    expect(errno(connect.outcome)).toBe("EINPROGRESS");
  });

  test("an answer may make the next call: an echo server in three lines", () => {
    const { client, server } = pair.connected();
    const echo = (): void =>
      pair.server.recv(server, 100, {}, pair.nowUs, (outcome) => {
        if (outcome.ok && outcome.value.length > 0) {
          pair.server.send(server, outcome.value, {}, pair.nowUs, echo);
        }
      });
    echo();
    for (const word of ["one", "two", "three"]) {
      write(pair.client, client, text(word));
      pair.settle();
      expect(words(value(read(pair.client, client).outcome))).toBe(word);
    }
  });

  test("close with SO_LINGER waits for the peer, but not for ever", () => {
    const { client } = pair.connected();
    value(pair.client.setLinger(client, { on: true, seconds: 5 }));
    write(pair.client, client, text("last words"));
    const call = close(pair.client, client);
    expect(call.answers).toBe(0);
    pair.settle();
    expect(call.answers).toBe(1);

    const other = pair.connectedAgain();
    value(pair.client.setLinger(other, { on: true, seconds: 5 }));
    const late = close(pair.client, other);
    pair.wire.length = 0;
    pair.pass(4 * SECOND, true);
    expect(late.answers).toBe(0);
    pair.pass(2 * SECOND, true);
    expect(late.answers).toBe(1);
  });
});

describe("calls that must not block", () => {
  test("connect tells by and by how it goes", () => {
    pair.listening();
    const client = value(pair.client.socket());
    value(pair.client.setNonBlocking(client, true));
    const tries: string[] = [];
    const connect = (): void =>
      pair.client.connect(client, SERVER, 80, 0, (outcome) => tries.push(errno(outcome)));
    connect();
    connect();
    pair.settle();
    connect();
    connect();
    expect(tries).toEqual(["EINPROGRESS", "EALREADY", "no error", "EISCONN"]);
  });

  test("a refused connect is told once, and may then be tried again", () => {
    const client = value(pair.client.socket());
    value(pair.client.setNonBlocking(client, true));
    const tries: string[] = [];
    const connect = (): void =>
      pair.client.connect(client, SERVER, 80, 0, (outcome) => tries.push(errno(outcome)));
    connect();
    pair.settle();
    expect(value(pair.client.takeError(client))).toBe("ECONNREFUSED");
    expect(value(pair.client.takeError(client))).toBeUndefined();
    connect();
    pair.settle();
    connect();
    expect(tries).toEqual(["EINPROGRESS", "EINPROGRESS", "ECONNREFUSED"]);
  });

  test("read, write and accept", () => {
    const { client, listener } = pair.connected();
    value(pair.server.setNonBlocking(listener, true));
    const accept = said<number>();
    pair.server.accept(listener, 0, accept.answer);
    expect(errno(accept.outcome)).toBe("EAGAIN");

    value(pair.client.setNonBlocking(client, true));
    expect(value(pair.client.isNonBlocking(client))).toBe(true);
    expect(errno(read(pair.client, client).outcome)).toBe("EAGAIN");
    expect(value(write(pair.client, client, new Uint8Array(9000)).outcome)).toBe(4000);
    expect(errno(write(pair.client, client, new Uint8Array(1)).outcome)).toBe("EAGAIN");
    expect(value(pair.client.unacknowledged(client))).toBe(4000);
  });

  test("MSG_DONTWAIT for one call, MSG_PEEK to leave the octets where they are", () => {
    const { client, server } = pair.connected();
    const call = said<Uint8Array>();
    pair.client.recv(client, 10, { dontWait: true }, 0, call.answer);
    expect(errno(call.outcome)).toBe("EAGAIN");
    write(pair.server, server, text("look"));
    pair.settle();
    pair.client.recv(client, 2, { peek: true }, 0, call.answer);
    expect(words(value(call.outcome))).toBe("lo");
    expect(value(pair.client.readable(client))).toBe(4);
  });
});

describe("the ways in which it ends", () => {
  test("what comes after close reaches no one, and is reset (SHLD-3)", () => {
    const { client, server } = pair.connected();
    close(pair.client, client);
    pair.settle();
    write(pair.server, server, text("anyone?"));
    pair.settle();
    expect(errno(read(pair.server, server).outcome)).toBe("ECONNRESET");
    expect(value(read(pair.server, server).outcome)).toHaveLength(0);
    expect(errno(write(pair.server, server, text("x")).outcome)).toBe("EPIPE");
  });

  test("SO_LINGER with no time is an abort", () => {
    const { client, server } = pair.connected();
    value(pair.client.setLinger(client, { on: true, seconds: 0 }));
    expect(value(pair.client.getLinger(client))).toEqual({ on: true, seconds: 0 });
    close(pair.client, client);
    pair.settle();
    expect(errno(read(pair.server, server).outcome)).toBe("ECONNRESET");
    expect(value(read(pair.server, server).outcome)).toHaveLength(0);
  });

  test("closing a listener aborts what no one has accepted, and nothing else", () => {
    const { client, server, listener } = pair.connected();
    const waiting = pair.connectedAgain();
    close(pair.server, listener);
    pair.settle();
    expect(errno(read(pair.client, waiting).outcome)).toBe("ECONNRESET");
    write(pair.client, client, text("still here"));
    pair.settle();
    expect(words(value(read(pair.server, server).outcome))).toBe("still here");
  });

  test("SHUT_RD: what was received may still be read, and then comes the end", () => {
    const { client, server } = pair.connected();
    write(pair.server, server, text("bye"));
    pair.settle();
    value(pair.client.shutdown(client, "SHUT_RD", 0));
    expect(words(value(read(pair.client, client).outcome))).toBe("bye");
    expect(value(read(pair.client, client).outcome)).toHaveLength(0);
    expect(stateName(pair.client.connection(client)?.tcb.state ?? 0)).toBe("ESTABLISHED");
  });

  test("TCP_USER_TIMEOUT holds for the connection that is there", () => {
    const { client } = pair.connected();
    value(pair.client.setsockopt(client, "TCP_USER_TIMEOUT", 3000));
    write(pair.client, client, text("x"));
    pair.wire.length = 0;
    pair.pass(2.9 * SECOND, true);
    expect(value(pair.client.takeError(client))).toBeUndefined();
    pair.pass(0.2 * SECOND, true);
    expect(value(pair.client.takeError(client))).toBe("ETIMEDOUT");
  });
});

describe("descriptors and options", () => {
  test("the lowest number that is free", () => {
    const { client } = pair;
    const fds = [client.socket(), client.socket(), client.socket()].map(value);
    expect(fds).toEqual([3, 4, 5]);
    close(client, 4);
    expect(value(client.socket())).toBe(4);
    expect(errno(close(client, 9).outcome)).toBe("EBADF");
    expect(errno(read(client, 9).outcome)).toBe("EBADF");
    expect(errno(client.shutdown(9, "SHUT_WR", 0))).toBe("EBADF");
  });

  test("bind and listen refuse what is taken, twice, or out of order", () => {
    const listener = pair.listening();
    const other = value(pair.server.socket());
    expect(errno(pair.server.listen(other, 1))).toBe("EDESTADDRREQ");
    expect(errno(pair.server.bind(other, 80))).toBe("EADDRINUSE");
    expect(errno(pair.server.bind(listener, 81))).toBe("EINVAL");
    expect(errno(pair.server.listen(listener, 1))).toBe("no error");
  });

  test("SO_REUSEADDR: a port may be bound again while old connections are dying on it", () => {
    const { listener, server } = pair.connected();
    close(pair.server, listener);
    close(pair.server, server);
    const again = value(pair.server.socket());
    expect(errno(pair.server.bind(again, 80))).toBe("EADDRINUSE");
    value(pair.server.setsockopt(again, "SO_REUSEADDR", 1));
    expect(errno(pair.server.bind(again, 80))).toBe("no error");
  });

  test("options are what they were set to, or are refused", () => {
    const { client } = pair;
    const fd = value(client.socket());
    expect(value(client.getsockopt(fd, "SO_RCVBUF"))).toBe(65535);
    value(client.setsockopt(fd, "SO_RCVBUF", 5000));
    value(client.setsockopt(fd, "SO_SNDBUF", 6000));
    value(client.setsockopt(fd, "TCP_NODELAY", 1));
    value(client.setsockopt(fd, "SO_KEEPALIVE", 1));
    value(client.setsockopt(fd, "TCP_MAXSEG", 500));
    expect(value(client.getsockopt(fd, "SO_RCVBUF"))).toBe(5000);
    expect(value(client.getsockopt(fd, "SO_SNDBUF"))).toBe(6000);
    expect(value(client.getsockopt(fd, "TCP_NODELAY"))).toBe(1);
    expect(value(client.getsockopt(fd, "SO_KEEPALIVE"))).toBe(1);
    expect(value(client.getsockopt(fd, "TCP_MAXSEG"))).toBe(500);
    expect(value(client.getsockopt(fd, "SO_TYPE"))).toBe(1);
    expect(value(client.getsockopt(fd, "SO_ACCEPTCONN"))).toBe(0);
    expect(errno(client.setsockopt(fd, "SO_TYPE", 1))).toBe("EINVAL");
    expect(errno(client.setsockopt(fd, "SO_RCVBUF", -1))).toBe("EINVAL");
    expect(errno(client.setsockopt(fd, "TCP_MAXSEG", 1))).toBe("EINVAL");
    expect(errno(client.setLinger(fd, { on: true, seconds: -1 }))).toBe("EINVAL");
  });

  test("SO_RCVBUF is the window that the SYN offers, TCP_MAXSEG the segment", () => {
    const fd = value(pair.client.socket());
    value(pair.client.setsockopt(fd, "SO_RCVBUF", 5000));
    value(pair.client.setsockopt(fd, "TCP_MAXSEG", 500));
    pair.client.connect(fd, SERVER, 80, 0, () => {});
    expect(pair.wire[0]?.segment).toMatchObject({ window: 5000, mss: 500 });
  });

  test("the backlog: SYNs are ignored while too many wait for accept", () => {
    const listener = value(pair.server.socket());
    value(pair.server.bind(listener, 80));
    value(pair.server.listen(listener, 1));
    for (let opened = 0; opened < 4; opened += 1) pair.connectedAgain();
    expect(pair.server.stack.acceptable(80)).toBe(2);
    expect(pair.server.states()).toEqual([State.LISTEN, State.ESTABLISHED, State.ESTABLISHED]);
  });
});

describe("poll", () => {
  const poll = (
    process: Posix,
    fd: number,
    events: number,
    timeoutMs = 0,
  ): Said<readonly number[]> => {
    const call = said<readonly number[]>();
    process.poll([{ fd, events }], timeoutMs, pair.nowUs, call.answer);
    return call;
  };
  const { IN, OUT, ERR, HUP, NVAL, RDHUP } = PollEvent;

  test("what there is at once", () => {
    const { client, server, listener } = pair.connected();
    expect(value(poll(pair.client, client, IN | OUT).outcome)).toEqual([OUT]);
    expect(value(poll(pair.client, 99, IN).outcome)).toEqual([NVAL]);
    expect(value(poll(pair.server, listener, IN).outcome)).toEqual([0]);
    write(pair.client, client, text("x"));
    pair.settle();
    expect(value(poll(pair.server, server, IN | OUT).outcome)).toEqual([IN | OUT]);
    close(pair.client, client);
    pair.settle();
    expect(value(poll(pair.server, server, IN | RDHUP).outcome)).toEqual([IN | RDHUP]);
  });

  test("waits for the first event, or for its time to pass", () => {
    const { client, server, listener } = pair.connected();
    const forText = poll(pair.server, server, IN, -1);
    const forConnection = poll(pair.server, listener, IN, 10_000);
    const inVain = poll(pair.client, client, IN, 500);
    expect([forText.answers, forConnection.answers, inVain.answers]).toEqual([0, 0, 0]);
    write(pair.client, client, text("x"));
    pair.settle();
    expect(value(forText.outcome)).toEqual([IN]);
    pair.connectedAgain();
    expect(value(forConnection.outcome)).toEqual([IN]);
    pair.pass(0.6 * SECOND);
    expect(value(inVain.outcome)).toEqual([0]);
  });

  test("an error comes unasked", () => {
    const fd = value(pair.client.socket());
    value(pair.client.setNonBlocking(fd, true));
    pair.client.connect(fd, SERVER, 81, 0, () => {});
    expect(value(poll(pair.client, fd, OUT).outcome)).toEqual([0]);
    pair.settle();
    expect(value(poll(pair.client, fd, OUT).outcome)).toEqual([OUT | ERR | HUP]);
  });
});

test("parameters of the whole host hold for the connections that it has", () => {
  const { client } = pair.connected();
  pair.client.stack.configure({ mslUs: SECOND });
  expect(pair.client.stack.params.mslUs).toBe(SECOND);
  const tcb = pair.client.connection(client)?.tcb;
  close(pair.client, client);
  pair.settle();
  close(pair.server, 4);
  pair.settle();
  expect(tcb && [stateName(tcb.state), pollAt(tcb)]).toEqual(["TIME-WAIT", 2 * SECOND]);
});
