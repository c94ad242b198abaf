import { pollAt, State, stateName } from "@synfin/core/tcp";
import { PollEvent, type Posix } from "@synfin/sockets";
import { beforeEach, describe, expect, test } from "vitest";
import {
  close,
  errno,
  Pair,
  read,
  type Said,
  SECOND,
  SERVER,
  said,
  text,
  value,
  write,
} from "./pair.ts";

let pair: Pair;
beforeEach(() => {
  pair = new Pair();
});

describe("descriptors and options", () => {
  test("the lowest number that is free", () => {
    const { client } = pair;
    const fds = [client.socket(), client.socket(), client.socket()].map(value);
    expect(fds).toEqual([3, 4, 5]);
    close(pair, client, 4);
    expect(value(client.socket())).toBe(4);
    expect(errno(close(pair, client, 9).outcome)).toBe("EBADF");
    expect(errno(read(pair, client, 9).outcome)).toBe("EBADF");
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
    close(pair, pair.server, listener);
    close(pair, pair.server, server);
    const again = value(pair.server.socket());
    expect(errno(pair.server.bind(again, 80))).toBe("EADDRINUSE");
    value(pair.server.setsockopt(again, "SO_REUSEADDR", 1, 0));
    expect(errno(pair.server.bind(again, 80))).toBe("no error");
  });

  test("options are what they were set to, or are refused", () => {
    const { client } = pair;
    const fd = value(client.socket());
    expect(value(client.getsockopt(fd, "SO_RCVBUF"))).toBe(65535);
    value(client.setsockopt(fd, "SO_RCVBUF", 5000, 0));
    value(client.setsockopt(fd, "SO_SNDBUF", 6000, 0));
    value(client.setsockopt(fd, "TCP_NODELAY", 1, 0));
    value(client.setsockopt(fd, "SO_KEEPALIVE", 1, 0));
    value(client.setsockopt(fd, "TCP_MAXSEG", 500, 0));
    expect(value(client.getsockopt(fd, "SO_RCVBUF"))).toBe(5000);
    expect(value(client.getsockopt(fd, "SO_SNDBUF"))).toBe(6000);
    expect(value(client.getsockopt(fd, "TCP_NODELAY"))).toBe(1);
    expect(value(client.getsockopt(fd, "SO_KEEPALIVE"))).toBe(1);
    expect(value(client.getsockopt(fd, "TCP_MAXSEG"))).toBe(500);
    expect(value(client.getsockopt(fd, "SO_TYPE"))).toBe(1);
    expect(value(client.getsockopt(fd, "SO_ACCEPTCONN"))).toBe(0);
    expect(errno(client.setsockopt(fd, "SO_TYPE", 1, 0))).toBe("EINVAL");
    expect(errno(client.setsockopt(fd, "SO_RCVBUF", -1, 0))).toBe("EINVAL");
    expect(errno(client.setsockopt(fd, "TCP_MAXSEG", 1, 0))).toBe("EINVAL");
    expect(errno(client.setLinger(fd, { on: true, seconds: -1 }))).toBe("EINVAL");
  });

  test("SO_RCVBUF is the window that the SYN offers, TCP_MAXSEG the segment", () => {
    const fd = value(pair.client.socket());
    value(pair.client.setsockopt(fd, "SO_RCVBUF", 5000, 0));
    value(pair.client.setsockopt(fd, "TCP_MAXSEG", 500, 0));
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
    write(pair, pair.client, client, text("x"));
    pair.settle();
    expect(value(poll(pair.server, server, IN | OUT).outcome)).toEqual([IN | OUT]);
    close(pair, pair.client, client);
    pair.settle();
    expect(value(poll(pair.server, server, IN | RDHUP).outcome)).toEqual([IN | RDHUP]);
  });

  test("waits for the first event, or for its time to pass", () => {
    const { client, server, listener } = pair.connected();
    const forText = poll(pair.server, server, IN, -1);
    const forConnection = poll(pair.server, listener, IN, 10_000);
    const inVain = poll(pair.client, client, IN, 500);
    expect([forText.answers, forConnection.answers, inVain.answers]).toEqual([0, 0, 0]);
    write(pair, pair.client, client, text("x"));
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
  close(pair, pair.client, client);
  pair.settle();
  close(pair, pair.server, 4);
  pair.settle();
  expect(tcb && [stateName(tcb.state), pollAt(tcb)]).toEqual(["TIME-WAIT", 2 * SECOND]);
});
