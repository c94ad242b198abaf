import { pollAt, State, stateName } from "@synfin/core/tcp";
import { PollEvent, type Posix } from "@synfin/sockets";
import { beforeEach, describe, expect, test } from "vitest";
import {
  CLIENT,
  close,
  errno,
  Pair,
  read,
  type Said,
  SECOND,
  SERVER,
  SERVER_TOO,
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

describe("bind to an address (MUST-43)", () => {
  const bound = (address: string | undefined, port = 80): number => {
    const fd = value(pair.server.socket());
    value(pair.server.bind(fd, port, address));
    return fd;
  };
  const refusal = (address: string | undefined, port = 80): string =>
    errno(pair.server.bind(value(pair.server.socket()), port, address));

  test("EADDRNOTAVAIL where it is not the host's", () => {
    expect(refusal("192.0.2.77")).toBe("EADDRNOTAVAIL");
  });

  test("two sockets share a port at two addresses, and one for any shares it with no one", () => {
    bound(SERVER);
    expect(refusal(SERVER)).toBe("EADDRINUSE");
    expect(refusal(undefined)).toBe("EADDRINUSE");
    expect(refusal("0.0.0.0")).toBe("EADDRINUSE");
    bound(SERVER_TOO);
    bound("0.0.0.0", 81);
    expect(refusal(SERVER_TOO, 81)).toBe("EADDRINUSE");
  });

  test("each listener accepts what came to its own", () => {
    const listeners = [bound(SERVER), bound(SERVER_TOO)];
    for (const fd of listeners) value(pair.server.listen(fd, 5));
    pair.client.connect(value(pair.client.socket()), SERVER_TOO, 80, 0, () => {});
    pair.settle();
    const accepts = listeners.map((fd) => {
      value(pair.server.setNonBlocking(fd, true));
      const call = said<number>();
      pair.server.accept(fd, 0, call.answer);
      return errno(call.outcome);
    });
    expect(accepts).toEqual(["EAGAIN", "no error"]);
    const closing = close(pair, pair.server, listeners[1] ?? -1);
    expect(errno(closing.outcome)).toBe("no error");
    expect(pair.server.stack.listeners()).toEqual([80]);
  });

  test("connect goes out from there", () => {
    const fd = bound(SERVER_TOO, 5000);
    pair.server.connect(fd, CLIENT, 80, 0, () => {});
    expect(pair.wire[0]).toMatchObject({ src: SERVER_TOO, srcPort: 5000 });
  });
});

test("connect to a group, or to no one, is refused (MUST-46)", () => {
  const refusals = ["224.0.0.1", "255.255.255.255", "0.0.0.0"].map((address) => {
    const call = said<void>();
    pair.client.connect(value(pair.client.socket()), address, 80, 0, call.answer);
    return errno(call.outcome);
  });
  expect(refusals).toEqual(["ENETUNREACH", "ENETUNREACH", "EINVAL"]);
});

describe("an ICMP error reaches the user (MUST-54)", () => {
  const about = (code: number, fd: number) => {
    const { localPort = 0, tcb } = pair.client.connection(fd) ?? {};
    const ends = { localAddress: CLIENT, localPort, remoteAddress: SERVER, remotePort: 80 };
    return { version: 4, type: 3, code, ...ends, seq: tcb?.iss ?? 0 } as const;
  };

  test("a connect that waits fails at once with a hard one", () => {
    const fd = value(pair.client.socket());
    const call = said<void>();
    pair.client.connect(fd, SERVER, 80, 0, call.answer);
    expect(call.answers).toBe(0);
    pair.client.icmpArrives(about(3, fd), 0);
    expect(errno(call.outcome)).toBe("ECONNREFUSED");
  });

  test("SO_ERROR tells a soft one, once, and the connect goes on (SHLD-25)", () => {
    const fd = value(pair.client.socket());
    const call = said<void>();
    pair.client.connect(fd, SERVER, 80, 0, call.answer);
    pair.client.icmpArrives(about(1, fd), 0);
    expect(call.answers).toBe(0);
    expect(value(pair.client.takeError(fd))).toBe("EHOSTUNREACH");
    expect(value(pair.client.takeError(fd))).toBeUndefined();
  });

  test("what does not go away is what the connect fails with", () => {
    const fd = value(pair.client.socket());
    const call = said<void>();
    pair.client.connect(fd, SERVER, 80, 0, call.answer);
    pair.client.icmpArrives(about(0, fd), 0);
    pair.pass(200 * SECOND, true);
    expect(errno(call.outcome)).toBe("ENETUNREACH");
  });
});

test("listen with a backlog below 0 takes one connection, as with 0", () => {
  const listener = value(pair.server.socket());
  value(pair.server.bind(listener, 80));
  value(pair.server.listen(listener, -1));
  for (let opened = 0; opened < 4; opened += 1) pair.connectedAgain();
  expect(pair.server.stack.acceptable(80)).toBe(1);
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
