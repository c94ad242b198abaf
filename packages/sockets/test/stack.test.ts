import { flagBits, RFC9293, SIGNAL_NAMES, stateName, type TcpParams } from "@synfin/core/tcp";
import {
  type Datagram,
  FIRST_EPHEMERAL_PORT,
  LAST_EPHEMERAL_PORT,
  type Outcome,
  type Socket,
  Stack,
} from "@synfin/sockets";
import { describe, expect, test } from "vitest";

const CLIENT = "192.0.2.1";
const SERVER = "192.0.2.2";

/** Two stacks, and a wire that carries what the test lets it carry. */
class Pair {
  readonly wire: Datagram[] = [];
  readonly told: string[] = [];
  readonly client: Stack;
  readonly server: Stack;

  constructor(params: Partial<TcpParams> = {}) {
    this.client = this.stack("client", CLIENT, params, 100);
    this.server = this.stack("server", SERVER, params, 300);
  }

  private stack(name: string, address: string, params: Partial<TcpParams>, iss: number): Stack {
    return new Stack({
      address,
      params: { ...RFC9293, ...params },
      chooseIss: () => iss,
      listener: {
        sent: (datagram) => this.wire.push(datagram),
        changed: () => {},
        signalled: (_socket, signal) => this.told.push(`${name}: ${SIGNAL_NAMES[signal]}`),
        delivered: () => {},
        stepped: () => {},
      },
    });
  }

  /** Carries everything, both ways, until the wire is silent. */
  settle(): void {
    for (let datagram = this.wire.shift(); datagram; datagram = this.wire.shift()) {
      const stack = datagram.dst === CLIENT ? this.client : this.server;
      stack.arrives(datagram, 0);
    }
  }

  /** Carries what is on the wire now, and leaves what answers it there. */
  settleOnce(): void {
    for (const datagram of this.wire.splice(0)) {
      const stack = datagram.dst === CLIENT ? this.client : this.server;
      stack.arrives(datagram, 0);
    }
  }

  /** A connection from the client to port 80: both ends of it. */
  connected(): { client: Socket; server: Socket } {
    value(this.server.listen(80));
    const client = value(this.client.connect(SERVER, 80, undefined, 1, 0));
    this.settle();
    return { client, server: value(this.server.accept(80)) };
  }
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

describe("a connection", () => {
  test("is made, carries bytes both ways, and is closed", () => {
    const pair = new Pair();
    const { client, server } = pair.connected();
    value(pair.client.send(client, text("hello"), 0));
    value(pair.server.send(server, text("good day"), 0));
    pair.settle();
    expect(words(value(pair.server.recv(server, 100, 0)))).toBe("hello");
    expect(words(value(pair.client.recv(client, 4, 0)))).toBe("good");
    expect(words(value(pair.client.recv(client, 100, 0)))).toBe(" day");
    expect(errno(pair.client.recv(client, 1, 0))).toBe("EAGAIN");

    value(pair.client.close(client, 0));
    pair.settle();
    expect(value(pair.server.recv(server, 1, 0))).toHaveLength(0);
    value(pair.server.close(server, 0));
    pair.settle();
    expect([stateName(client.tcb.state), stateName(server.tcb.state)]).toEqual([
      "TIME-WAIT",
      "CLOSED",
    ]);
  });

  test("carries more than one window, segment by segment", () => {
    const pair = new Pair({ receiveBuffer: 3000, mss: 1000 });
    const { client, server } = pair.connected();
    const sent = Uint8Array.from({ length: 20_000 }, (_, index) => (index * 7) & 255);
    value(pair.client.send(client, sent, 0));
    const received: number[] = [];
    for (let rounds = 0; rounds < 100 && received.length < sent.length; rounds += 1) {
      pair.settle();
      const read = pair.server.recv(server, 5000, 0);
      if (read.ok) received.push(...read.value);
    }
    expect(Uint8Array.from(received)).toEqual(sent);
  });

  test("accept has nothing until a handshake is done", () => {
    const pair = new Pair();
    expect(errno(pair.server.accept(80))).toBe("EINVAL");
    value(pair.server.listen(80));
    expect(errno(pair.server.accept(80))).toBe("EAGAIN");
  });
});

describe("errno", () => {
  test("ECONNREFUSED: no one listens", () => {
    const pair = new Pair();
    const socket = value(pair.client.connect(SERVER, 81, undefined, 1, 0));
    pair.settle();
    expect(pair.told).toEqual(["client: connection refused"]);
    expect(errno(pair.client.send(socket, text("x"), 0))).toBe("ECONNREFUSED");
    expect(errno(pair.client.recv(socket, 1, 0))).toBe("ECONNREFUSED");
  });

  test("ECONNRESET: the peer aborted", () => {
    const pair = new Pair();
    const { client, server } = pair.connected();
    value(pair.client.abort(client, 0));
    pair.settle();
    expect(errno(pair.server.send(server, text("x"), 0))).toBe("ECONNRESET");
  });

  test("ETIMEDOUT: no one answers", () => {
    const pair = new Pair();
    const socket = value(pair.client.connect(SERVER, 80, undefined, 1, 0));
    for (let nowUs = 0; socket.tcb.state !== 0; nowUs += 1_000_000) {
      pair.client.timeouts(socket, nowUs);
    }
    expect(errno(pair.client.recv(socket, 1, 0))).toBe("ETIMEDOUT");
  });

  test("EPIPE: after shutdown", () => {
    const pair = new Pair();
    const { client } = pair.connected();
    value(pair.client.shutdown(client, 0));
    expect(errno(pair.client.send(client, text("x"), 0))).toBe("EPIPE");
    expect(errno(pair.client.shutdown(client, 0))).toBe("EPIPE");
  });

  test("ENOTCONN: a connection that is closed", () => {
    const pair = new Pair();
    const { client } = pair.connected();
    value(pair.client.abort(client, 0));
    expect(errno(pair.client.send(client, text("x"), 0))).toBe("ENOTCONN");
    expect(errno(pair.client.close(client, 0))).toBe("ENOTCONN");
    expect(errno(pair.client.recv(client, 1, 0))).toBe("ENOTCONN");
  });

  test("EADDRINUSE: a second listener, a second connection with the same 4-tuple", () => {
    const pair = new Pair();
    value(pair.server.listen(80));
    expect(errno(pair.server.listen(80))).toBe("EADDRINUSE");
    value(pair.client.connect(SERVER, 80, 5000, 1, 0));
    expect(errno(pair.client.connect(SERVER, 80, 5000, 1, 0))).toBe("EADDRINUSE");
  });

  test("EADDRNOTAVAIL: every ephemeral port to this destination is taken", () => {
    const pair = new Pair();
    const count = LAST_EPHEMERAL_PORT - FIRST_EPHEMERAL_PORT + 1;
    for (let opened = 0; opened < count; opened += 1) {
      value(pair.client.connect(SERVER, 80, undefined, opened, 0));
    }
    expect(errno(pair.client.connect(SERVER, 80, undefined, count, 0))).toBe("EADDRNOTAVAIL");
    expect(pair.client.connect(SERVER, 81, undefined, count, 0).ok).toBe(true);
  });
});

test("close with unread bytes resets, to say that they are lost (SHLD-3)", () => {
  const pair = new Pair();
  const { client, server } = pair.connected();
  value(pair.client.send(client, text("unread"), 0));
  pair.settle();
  value(pair.server.close(server, 0));
  pair.settle();
  expect(pair.told).toContain("client: connection reset");
});

test("after a reboot a segment of the old connection draws a reset", () => {
  const pair = new Pair();
  const { client } = pair.connected();
  expect(pair.server.reboot()).toHaveLength(1);
  value(pair.client.send(client, text("anyone?"), 0));
  pair.settle();
  expect(pair.told).toContain("client: connection reset");
});

describe("text on a SYN", () => {
  /** The client's SYN, SEQ=100, with "abc"; and what it sends after it. */
  function synWithText(pair: Pair): (seq: number, words: string) => Datagram {
    value(pair.server.listen(80));
    value(pair.client.connect(SERVER, 80, 5000, 1, 0));
    const syn = pair.wire.shift();
    if (syn === undefined) throw new Error("no SYN was sent");
    const { segment } = syn;
    pair.server.arrives({ ...syn, segment: { ...segment, length: 3 }, payload: text("abc") }, 0);
    return (seq, words) => {
      const flags = flagBits(["ACK"]);
      const next = { ...segment, seq, ack: 301, flags, length: words.length, mss: 0 };
      return { ...syn, segment: next, payload: text(words) };
    };
  }

  test("is read first, although as much text from further on establishes the connection", () => {
    const pair = new Pair();
    const later = synWithText(pair);
    pair.server.arrives(later(107, "ghi"), 0);
    const server = value(pair.server.accept(80));
    expect(words(value(pair.server.recv(server, 100, 0)))).toBe("abc");
    pair.server.arrives(later(104, "def"), 0);
    expect(words(value(pair.server.recv(server, 100, 0)))).toBe("defghi");
  });

  test("is read together with text that follows it at once", () => {
    const pair = new Pair();
    const later = synWithText(pair);
    pair.server.arrives(later(104, "def"), 0);
    const server = value(pair.server.accept(80));
    expect(words(value(pair.server.recv(server, 100, 0)))).toBe("abcdef");
  });
});

describe("listening, §3.9.1.1", () => {
  test("a second passive OPEN of a port fails, and touches no connection (MUST-41)", () => {
    const pair = new Pair();
    const { client, server } = pair.connected();
    const before = [{ ...client.tcb }, { ...server.tcb }];
    expect(errno(pair.server.listen(80))).toBe("EADDRINUSE");
    expect(errno(pair.client.listen(client.localPort))).toBe("no error");
    expect([client.tcb, server.tcb]).toEqual(before);
    value(pair.client.send(client, text("still here"), 0));
    pair.settle();
    expect(words(value(pair.server.recv(server, 100, 0)))).toBe("still here");
  });

  test("a port can be listened on while a connection from it is in SYN-SENT (MUST-42)", () => {
    const pair = new Pair();
    const opening = value(pair.client.connect(SERVER, 80, 5000, 1, 0));
    expect(stateName(opening.tcb.state)).toBe("SYN-SENT");
    expect(pair.client.listen(5000).ok).toBe(true);
    // The server calls back while its answer to the first SYN is still out.
    pair.wire.length = 0;
    value(pair.server.connect(CLIENT, 5000, 6000, 2, 0));
    pair.settle();
    const called = value(pair.client.accept(5000));
    expect(stateName(called.tcb.state)).toBe("ESTABLISHED");
    expect(stateName(opening.tcb.state)).toBe("SYN-SENT");
  });

  test("and while one on it is in SYN-RECEIVED (MUST-42)", () => {
    const pair = new Pair();
    value(pair.server.listen(80));
    value(pair.client.connect(SERVER, 80, 5000, 1, 0));
    const syn = pair.wire.shift();
    if (syn === undefined) throw new Error("no SYN was sent");
    pair.server.arrives(syn, 0);
    // The first waits in SYN-RECEIVED; the second is taken all the same.
    pair.wire.length = 0;
    value(pair.client.connect(SERVER, 80, 5001, 2, 0));
    pair.settle();
    expect(value(pair.server.accept(80)).remotePort).toBe(5001);
  });

  test("every segment of a connection has the local address of its first (MUST-45)", () => {
    const sources: string[] = [];
    const pair = new Pair();
    value(pair.server.listen(80));
    const client = value(pair.client.connect(SERVER, 80, 5000, 1, 0));
    const carry = () => {
      sources.push(...pair.wire.map(({ src, srcPort }) => `${src} ${srcPort}`));
      pair.settleOnce();
    };
    while (pair.wire.length > 0) carry();
    value(pair.client.send(client, text("one"), 0));
    value(pair.client.close(client, 0));
    while (pair.wire.length > 0) carry();
    expect(new Set(sources)).toEqual(new Set([`${CLIENT} 5000`, `${SERVER} 80`]));
    expect(sources.length).toBeGreaterThan(5);
  });
});
