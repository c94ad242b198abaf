import { State } from "@synfin/core/tcp";
import type { IcmpError, Socket } from "@synfin/sockets";
import { describe, expect, test } from "vitest";
import { errno, HOST, HostUnderTest, ISS, PEER, SECOND, value } from "./support/host.ts";

const HOST_UNREACHABLE = { type: 3, code: 1 };
const PORT_UNREACHABLE = { type: 3, code: 3 };

/** An error about the SYN of the connection from port 5000 to port 80. */
function about(what: Partial<IcmpError>): IcmpError {
  return {
    ...{ version: 4, ...PORT_UNREACHABLE, seq: ISS },
    ...{ localAddress: HOST, localPort: 5000, remoteAddress: PEER, remotePort: 80 },
    ...what,
  };
}

function connecting(params = {}): { host: HostUnderTest; socket: Socket } {
  const host = new HostUnderTest(params);
  return { host, socket: value(host.stack.connect(PEER, 80, 5000, 1, 0)) };
}

/** 100 octets are on their way, from ISS + 1 on. */
function sending(params = {}): { host: HostUnderTest; socket: Socket } {
  const { host, socket } = connecting(params);
  host.arrives("SYN,ACK", { srcPort: 80, dstPort: 5000, seq: 100, ack: ISS + 1 });
  value(host.stack.send(socket, new Uint8Array(100), 0));
  return { host, socket };
}

describe("an ICMP error goes to the connection that caused it (MUST-54)", () => {
  test("and to no other", () => {
    const host = new HostUnderTest({}, { furtherAddresses: ["192.0.2.3"] });
    const open = (from: number, to: string, port: number, localAddress = HOST) =>
      value(host.stack.connect(to, port, from, 1, 0, { localAddress }));
    // The one that is meant is neither the first nor the last of its port.
    const before = [open(5001, PEER, 80), open(5000, PEER, 81)];
    const meant = open(5000, PEER, 80);
    const after = [open(5000, "192.0.2.9", 80), open(5000, PEER, 80, "192.0.2.3")];
    const others = [...before, ...after];
    host.stack.icmpArrives(about({}));
    expect(meant.tcb.state).toBe(State.CLOSED);
    expect(others.map(({ tcb }) => tcb.state)).toEqual(others.map(() => State.SYN_SENT));
    expect(errno(host.stack.recv(meant, 1, 0))).toBe("ECONNREFUSED");
  });

  test("one about no connection is nothing", () => {
    const { host, socket } = connecting();
    host.stack.icmpArrives(about({ localPort: 5002 }));
    expect([socket.tcb.state, socket.error, host.told]).toEqual([State.SYN_SENT, undefined, []]);
  });

  test("one that quotes what is not on its way is nothing (RFC 5927 §4.1)", () => {
    const { host, socket } = sending();
    for (const seq of [ISS, ISS + 101, ISS + 2 ** 31]) host.stack.icmpArrives(about({ seq }));
    expect([socket.tcb.state, socket.error, socket.softError]).toEqual([
      State.ESTABLISHED,
      undefined,
      undefined,
    ]);
    host.stack.icmpArrives(about({ seq: ISS + 100 }));
    expect(socket.tcb.state).toBe(State.CLOSED);
  });

  test("a half-open connection of a listener goes with a hard one", () => {
    const host = new HostUnderTest();
    value(host.stack.listen(80, { backlog: 1 }));
    host.arrives("SYN", { seq: 100 });
    host.stack.icmpArrives(about({ localPort: 80, remotePort: 50000 }));
    expect(host.stack.sockets()).toEqual([]);
    // And its place in the SYN queue with it.
    expect(host.arrives("SYN", { seq: 100, srcPort: 50001 })).toHaveLength(1);
  });
});

describe("what the user is told", () => {
  test.each([
    [4, 3, 2, "ENOPROTOOPT"],
    [4, 3, 3, "ECONNREFUSED"],
    [4, 3, 4, "EMSGSIZE"],
    [6, 1, 4, "ECONNREFUSED"],
  ] as const)("IPv%i, type %i, code %i: %s, at once", (version, type, code, expected) => {
    const { host, socket } = connecting();
    host.stack.icmpArrives(about({ version, type, code }));
    expect([socket.tcb.state, socket.error]).toEqual([State.CLOSED, expected]);
    expect(host.told).toEqual(["unreachable"]);
  });

  test.each([
    [4, 3, 0, "ENETUNREACH"],
    [4, 3, 1, "EHOSTUNREACH"],
    [4, 3, 5, "EOPNOTSUPP"],
    [4, 11, 0, "EHOSTUNREACH"],
    [4, 12, 0, "EPROTO"],
    [6, 1, 0, "ENETUNREACH"],
    [6, 1, 3, "EHOSTUNREACH"],
    [6, 3, 0, "EHOSTUNREACH"],
    [6, 4, 1, "EPROTO"],
  ] as const)("IPv%i, type %i, code %i: %s, at the timeout", (version, type, code, expected) => {
    const { host, socket } = connecting();
    host.stack.icmpArrives(about({ version, type, code }));
    host.pass(180 * SECOND);
    expect([socket.tcb.state, socket.error]).toEqual([State.SYN_SENT, undefined]);
    host.pass(10 * SECOND);
    expect([socket.tcb.state, socket.error]).toEqual([State.CLOSED, expected]);
  });

  test("ETIMEDOUT, where the peer has been heard since", () => {
    const { host, socket } = sending({ r2Us: 100 * SECOND });
    host.stack.icmpArrives(about({ ...HOST_UNREACHABLE, seq: ISS + 1 }));
    expect(socket.softError).toBe("EHOSTUNREACH");
    host.arrives("ACK", { srcPort: 80, dstPort: 5000, seq: 101, ack: ISS + 51 });
    host.pass(400 * SECOND);
    expect(socket.error).toBe("ETIMEDOUT");
  });

  test("nothing of a source quench, and nothing of no error", () => {
    const { host, socket } = connecting();
    host.stack.icmpArrives(about({ type: 4, code: 0 }));
    host.stack.icmpArrives(about({ type: 8, code: 0 }));
    expect([host.told, socket.softError]).toEqual([[], undefined]);
  });

  test("in a synchronized state a hard one is soft, if the host is careful (RFC 5927)", () => {
    const { host, socket } = sending({ icmpHardAborts: 0 });
    host.stack.icmpArrives(about({ seq: ISS + 1 }));
    expect([socket.tcb.state, socket.softError]).toEqual([State.ESTABLISHED, "ECONNREFUSED"]);
  });
});
