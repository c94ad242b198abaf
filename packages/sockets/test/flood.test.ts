import { COOKIE_LIFETIME_US, PROFILES, State, SynQueueFull } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { HOST, HostUnderTest, ISS, PEER, SECOND, value } from "./support/host.ts";

const { SYN_RECEIVED, ESTABLISHED } = State;
const { DROP, REPLACE, COOKIE } = SynQueueFull;
const SECRET = { k0: 1, k1: 2 };
const IRS = 100;

function listening(backlog: number, synQueueFull: number, params = {}): HostUnderTest {
  const host = new HostUnderTest({ synQueueFull, ...params }, { cookieSecret: SECRET });
  value(host.stack.listen(80, { backlog }));
  return host;
}

/** SYNs from ports 1 to `count` of an address that no one answers from. */
function flood(host: HostUnderTest, count: number): number {
  let answers = 0;
  for (let srcPort = 1; srcPort <= count; srcPort += 1) {
    answers += host.arrives("SYN", { seq: IRS, srcPort, src: "203.0.113.1" }).length;
  }
  return answers;
}

const syn = { seq: IRS, mss: 1400, windowScale: 7, sackPermitted: 1 };
const ack = { seq: IRS + 1, ack: ISS + 1 };

/** The SYN of a peer who means it; the sequence number of the answer, if there is one. */
function sayHello(host: HostUnderTest, srcPort = 50000): number | undefined {
  const answer = host.arrives("SYN", { ...syn, srcPort })[0];
  return answer === undefined ? undefined : Number(/seq (\d+)/.exec(answer)?.[1]);
}

describe("a SYN flood against a backlog of 5, RFC 4987", () => {
  test.each([
    ["drop", DROP, 6],
    ["replace", REPLACE, 1000],
    ["cookie", COOKIE, 1000],
  ])("%s: 1000 SYNs leave no more than 6 records", (_name, policy, answers) => {
    const host = listening(5, policy);
    expect(flood(host, 1000)).toBe(answers);
    expect(Object.values(host.states())).toEqual(new Array(6).fill(SYN_RECEIVED));
  });

  test("drop: the first six stay, and no one else gets in until they are given up", () => {
    const host = listening(5, DROP, { synAckR2Us: 63 * SECOND });
    flood(host, 1000);
    expect(Object.keys(host.states())).toEqual(["1", "2", "3", "4", "5", "6"]);
    expect(sayHello(host)).toBeUndefined();
    host.pass(62 * SECOND);
    expect(sayHello(host)).toBeUndefined();
    host.pass(1 * SECOND);
    expect(host.states()).toEqual({});
    expect(sayHello(host)).toBe(ISS);
  });

  test("replace: the oldest gives way, in silence, and a quick handshake gets through", () => {
    const host = listening(5, REPLACE);
    flood(host, 1000);
    expect(Object.keys(host.states())).toEqual(["995", "996", "997", "998", "999", "1000"]);
    expect(host.arrives("SYN", syn)).toEqual([
      `${HOST}:80 > ${PEER}:50000 SYN,ACK seq 300 ack 101`,
    ]);
    expect(host.arrives("ACK", ack)).toEqual([]);
    expect(host.states()[50000]).toBe(ESTABLISHED);
    expect(Object.keys(host.states())).not.toContain("995");
    // One place is free again, and the flood takes no more than that.
    flood(host, 1000);
    expect(Object.keys(host.states())).toHaveLength(7);
  });

  test("a handshake that is done leaves its place in the SYN queue", () => {
    const host = listening(1, DROP);
    flood(host, 1);
    for (let srcPort = 50000; srcPort < 50002; srcPort += 1) {
      expect(sayHello(host, srcPort)).toBe(ISS);
      host.arrives("ACK", { ...ack, srcPort });
    }
    expect(Object.values(host.states())).toEqual([SYN_RECEIVED, ESTABLISHED, ESTABLISHED]);
  });
});

describe("SYN cookies, RFC 4987 §3.6", () => {
  /** A host in the middle of a flood, which answers with cookies. */
  function flooded(params = {}): HostUnderTest {
    const host = listening(5, COOKIE, { windowScale: 7, sack: 1, ...params });
    flood(host, 1000);
    return host;
  }

  test("the handshake of a peer who means it completes, and its data flows both ways", () => {
    const host = flooded();
    const cookie = sayHello(host) ?? 0;
    expect(host.states()[50000]).toBeUndefined();
    const payload = Uint8Array.of(1, 2, 3);
    const answer = host.arrives("ACK", { seq: IRS + 1, ack: cookie + 1, payload });
    expect(answer).toEqual([`${HOST}:80 > ${PEER}:50000 ACK seq ${cookie + 1} ack ${IRS + 4}`]);
    const socket = value(host.stack.accept(80));
    expect(value(host.stack.recv(socket, 10, 0))).toEqual(payload);
    value(host.stack.send(socket, new Uint8Array(3000), 0));
    expect(host.take().map(({ segment }) => segment.length)).toEqual([1220, 1220]);
    host.arrives("ACK", { seq: IRS + 4, ack: cookie + 2441 });
    expect(socket.sendBuffer.length).toBe(560);
  });

  test("the options of its SYN are lost, and no other is offered", () => {
    const host = flooded();
    const cookie = sayHello(host) ?? 0;
    host.arrives("ACK", { seq: IRS + 1, ack: cookie + 1 });
    const { tcb } = value(host.stack.accept(80));
    expect(tcb).toMatchObject({ scaleOk: 0, sackOk: 0, tsOk: 0, sndMss: 1220 });
  });

  test("the SYN,ACK is not sent again", () => {
    const host = flooded();
    sayHello(host);
    const ports = host.pass(30 * SECOND).filter((line) => line.includes(":50000"));
    expect(ports).toEqual([]);
  });

  test("a bad cookie draws a RST, and so does one that is too old", () => {
    const host = flooded();
    const cookie = sayHello(host) ?? 0;
    const refused = (number: number) => [`${HOST}:80 > ${PEER}:50000 RST seq ${number}`];
    const bad = { seq: IRS + 1, ack: cookie + 2 };
    expect(host.arrives("ACK", bad)).toEqual(refused(cookie + 2));
    host.nowUs = COOKIE_LIFETIME_US;
    sayHello(host, 50001);
    expect(host.arrives("ACK", { seq: IRS + 1, ack: cookie + 1 })).toEqual(refused(cookie + 1));
    expect(host.states()[50000]).toBeUndefined();
  });

  test("a good one is not believed while none has been sent lately", () => {
    const host = flooded();
    const cookie = sayHello(host) ?? 0;
    const calm = listening(5, COOKIE);
    const back = { seq: IRS + 1, ack: cookie + 1 };
    expect(calm.arrives("ACK", back)).toEqual([`${HOST}:80 > ${PEER}:50000 RST seq ${cookie + 1}`]);
    expect(host.arrives("ACK", back)).toEqual([]);
  });

  test("a host without a secret drops the SYN", () => {
    const host = new HostUnderTest({ synQueueFull: COOKIE });
    value(host.stack.listen(80, { backlog: 5 }));
    expect(flood(host, 1000)).toBe(6);
  });

  test("no cookie opens more than there is room for in the accept queue", () => {
    const host = listening(0, COOKIE);
    flood(host, 1);
    const [first, second] = [sayHello(host, 50000) ?? 0, sayHello(host, 50001) ?? 0];
    host.arrives("ACK", { seq: IRS + 1, ack: first + 1, srcPort: 50000 });
    const late = { seq: IRS + 1, ack: second + 1, srcPort: 50001 };
    expect(host.arrives("ACK", late)).toEqual([]);
    expect(host.stack.acceptable(80)).toBe(1);
    value(host.stack.accept(80));
    host.arrives("ACK", late);
    expect(value(host.stack.accept(80)).remotePort).toBe(50001);
  });
});

describe("an accept queue that overflows, as in Linux", () => {
  /** A backlog of 2: three wait for accept, and the handshake of port 4 is all but done. */
  function overflowing(params = {}): HostUnderTest {
    const host = listening(2, DROP, { ...PROFILES.linux.params, ...params });
    for (const srcPort of [1, 2]) {
      sayHello(host, srcPort);
      host.arrives("ACK", { ...ack, srcPort });
    }
    sayHello(host, 3);
    sayHello(host, 4);
    host.arrives("ACK", { ...ack, srcPort: 3 });
    expect(host.stack.acceptable(80)).toBe(3);
    return host;
  }

  const lastAck = { ...ack, srcPort: 4 };
  const synAck = `${HOST}:80 > ${PEER}:4 SYN,ACK seq 300 ack 101`;

  test("the queue holds one more than the backlog; then a SYN is dropped", () => {
    const host = listening(1, DROP);
    for (let srcPort = 1; srcPort <= 5; srcPort += 1) {
      host.arrives("SYN", { ...syn, srcPort });
      host.arrives("ACK", { ...ack, srcPort });
    }
    expect(host.stack.acceptable(80)).toBe(2);
    expect(Object.keys(host.states())).toEqual(["1", "2"]);
    host.stack.accept(80);
    expect(sayHello(host)).toBe(ISS);
  });

  test("the last ACK is ignored: SYN-RECEIVED stays, and the SYN,ACK goes out again", () => {
    const host = overflowing();
    expect(host.arrives("ACK", { ...lastAck, payload: Uint8Array.of(1) })).toEqual([]);
    expect(host.states()[4]).toBe(SYN_RECEIVED);
    expect(host.pass(4 * SECOND)).toEqual([synAck, synAck]);
    value(host.stack.accept(80));
    host.arrives("ACK", lastAck);
    expect(host.states()[4]).toBe(ESTABLISHED);
    expect(host.stack.acceptable(80)).toBe(3);
  });

  test("and is given up after five retransmissions and 63 s", () => {
    const host = overflowing();
    expect(host.pass(62 * SECOND)).toEqual(new Array(5).fill(synAck));
    expect(host.states()[4]).toBe(SYN_RECEIVED);
    host.pass(1 * SECOND);
    expect(host.states()[4]).toBeUndefined();
  });

  test("tcp_abort_on_overflow: it draws a RST, and nothing stays", () => {
    const host = overflowing({ acceptOverflowResets: 1 });
    const reset = `${HOST}:80 > ${PEER}:4 RST seq 301`;
    expect(host.arrives("ACK", lastAck)).toEqual([reset]);
    expect(host.states()).toEqual({ 1: ESTABLISHED, 2: ESTABLISHED, 3: ESTABLISHED });
  });

  test("other segments of the half-open connection are handled as ever", () => {
    const host = overflowing();
    host.arrives("RST", { seq: IRS + 1, srcPort: 4 });
    expect(host.states()[4]).toBeUndefined();
    // Its place in the SYN queue is free; what is in the way is the accept queue.
    expect(sayHello(host)).toBeUndefined();
    value(host.stack.accept(80));
    expect(sayHello(host)).toBe(ISS);
  });
});
