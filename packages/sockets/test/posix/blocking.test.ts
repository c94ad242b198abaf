import { stateName } from "@synfin/core/tcp";
import { beforeEach, describe, expect, test } from "vitest";
import {
  close,
  errno,
  Pair,
  read,
  SECOND,
  SERVER,
  said,
  text,
  value,
  words,
  write,
} from "./pair.ts";

let pair: Pair;
beforeEach(() => {
  pair = new Pair();
});

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
    const first = read(pair, pair.server, server);
    pair.settle();
    expect(first.answers).toBe(0);
    write(pair, pair.client, client, text("hello"));
    pair.settle();
    expect(words(value(first.outcome))).toBe("hello");

    const second = read(pair, pair.server, server);
    value(pair.client.shutdown(client, "SHUT_WR", pair.nowUs));
    pair.settle();
    expect(value(second.outcome)).toHaveLength(0);
  });

  test("write returns once the last octet is in the send buffer", () => {
    const { client, server } = pair.connected();
    const call = write(pair, pair.client, client, new Uint8Array(9000).fill(7));
    expect(call.answers).toBe(0);
    let received = 0;
    for (let rounds = 0; rounds < 20 && received < 9000; rounds += 1) {
      pair.settle();
      if (value(pair.server.readable(server)) > 0) {
        received += value(read(pair, pair.server, server, 10_000).outcome).length;
      }
    }
    expect(received).toBe(9000);
    expect(value(call.outcome)).toBe(9000);
  });

  test("SO_RCVTIMEO and SO_SNDTIMEO end the wait", () => {
    const { client } = pair.connected();
    value(pair.client.setsockopt(client, "SO_RCVTIMEO", 2 * SECOND, 0));
    const call = read(pair, pair.client, client);
    pair.pass(1.9 * SECOND);
    expect(call.answers).toBe(0);
    pair.pass(0.2 * SECOND);
    expect(errno(call.outcome)).toBe("EAGAIN");

    const other = value(pair.client.socket());
    value(pair.client.setsockopt(other, "SO_SNDTIMEO", SECOND, 0));
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
      write(pair, pair.client, client, text(word));
      pair.settle();
      expect(words(value(read(pair, pair.client, client).outcome))).toBe(word);
    }
  });

  test("close with SO_LINGER waits for the peer, but not for ever", () => {
    const { client } = pair.connected();
    value(pair.client.setLinger(client, { on: true, seconds: 5 }));
    write(pair, pair.client, client, text("last words"));
    const call = close(pair, pair.client, client);
    expect(call.answers).toBe(0);
    pair.settle();
    expect(call.answers).toBe(1);

    const other = pair.connectedAgain();
    value(pair.client.setLinger(other, { on: true, seconds: 5 }));
    const late = close(pair, pair.client, other);
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
    expect(errno(read(pair, pair.client, client).outcome)).toBe("EAGAIN");
    expect(value(write(pair, pair.client, client, new Uint8Array(9000)).outcome)).toBe(4000);
    expect(errno(write(pair, pair.client, client, new Uint8Array(1)).outcome)).toBe("EAGAIN");
    expect(value(pair.client.unacknowledged(client))).toBe(4000);
  });

  test("MSG_DONTWAIT for one call, MSG_PEEK to leave the octets where they are", () => {
    const { client, server } = pair.connected();
    const call = said<Uint8Array>();
    pair.client.recv(client, 10, { dontWait: true }, 0, call.answer);
    expect(errno(call.outcome)).toBe("EAGAIN");
    write(pair, pair.server, server, text("look"));
    pair.settle();
    pair.client.recv(client, 2, { peek: true }, 0, call.answer);
    expect(words(value(call.outcome))).toBe("lo");
    expect(value(pair.client.readable(client))).toBe(4);
  });
});

describe("the ways in which it ends", () => {
  test("what comes after close reaches no one, and is reset (SHLD-3)", () => {
    const { client, server } = pair.connected();
    close(pair, pair.client, client);
    pair.settle();
    write(pair, pair.server, server, text("anyone?"));
    pair.settle();
    expect(errno(read(pair, pair.server, server).outcome)).toBe("ECONNRESET");
    expect(value(read(pair, pair.server, server).outcome)).toHaveLength(0);
    expect(errno(write(pair, pair.server, server, text("x")).outcome)).toBe("EPIPE");
  });

  test("SO_LINGER with no time is an abort", () => {
    const { client, server } = pair.connected();
    value(pair.client.setLinger(client, { on: true, seconds: 0 }));
    expect(value(pair.client.getLinger(client))).toEqual({ on: true, seconds: 0 });
    close(pair, pair.client, client);
    pair.settle();
    expect(errno(read(pair, pair.server, server).outcome)).toBe("ECONNRESET");
    expect(value(read(pair, pair.server, server).outcome)).toHaveLength(0);
  });

  test("closing a listener aborts what no one has accepted, and nothing else", () => {
    const { client, server, listener } = pair.connected();
    const waiting = pair.connectedAgain();
    close(pair, pair.server, listener);
    pair.settle();
    expect(errno(read(pair, pair.client, waiting).outcome)).toBe("ECONNRESET");
    write(pair, pair.client, client, text("still here"));
    pair.settle();
    expect(words(value(read(pair, pair.server, server).outcome))).toBe("still here");
  });

  test("SHUT_RD: what was received may still be read, and then comes the end", () => {
    const { client, server } = pair.connected();
    write(pair, pair.server, server, text("bye"));
    pair.settle();
    value(pair.client.shutdown(client, "SHUT_RD", 0));
    expect(words(value(read(pair, pair.client, client).outcome))).toBe("bye");
    expect(value(read(pair, pair.client, client).outcome)).toHaveLength(0);
    expect(stateName(pair.client.connection(client)?.tcb.state ?? 0)).toBe("ESTABLISHED");
  });

  test("TCP_USER_TIMEOUT holds for the connection that is there", () => {
    const { client } = pair.connected();
    value(pair.client.setsockopt(client, "TCP_USER_TIMEOUT", 3000, 0));
    write(pair, pair.client, client, text("x"));
    pair.wire.length = 0;
    pair.pass(2.9 * SECOND, true);
    expect(value(pair.client.takeError(client))).toBeUndefined();
    pair.pass(0.2 * SECOND, true);
    expect(value(pair.client.takeError(client))).toBe("ETIMEDOUT");
  });
});
