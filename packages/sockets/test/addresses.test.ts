import { State, stateName } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { errno, HOST, HostUnderTest, PEER, value } from "./support/host.ts";

const SECOND_HOME = "198.51.100.2";
const V6 = "2001:db8::2";

function multihomed(): HostUnderTest {
  return new HostUnderTest({}, { furtherAddresses: [SECOND_HOME, V6] });
}

describe("OPEN with a local address, §3.9.1.1 (MUST-43)", () => {
  test("connect goes out from the address that the user names", () => {
    const host = multihomed();
    value(host.stack.connect(PEER, 80, 5000, 1, 0, { localAddress: SECOND_HOME }));
    expect(host.take()).toMatchObject([{ src: SECOND_HOME, srcPort: 5000 }]);
  });

  test("two connections differ by the local address alone, and each gets its own segments", () => {
    const host = multihomed();
    const [one, other] = [HOST, SECOND_HOME].map((localAddress) =>
      value(host.stack.connect(PEER, 80, 5000, 1, 0, { localAddress })),
    );
    expect(host.take().map(({ src }) => src)).toEqual([HOST, SECOND_HOME]);
    const answer = { srcPort: 80, dstPort: 5000, seq: 100, ack: 301 };
    expect(host.arrives("SYN,ACK", { ...answer, dst: SECOND_HOME })).toEqual([
      `${SECOND_HOME}:5000 > ${PEER}:80 ACK seq 301 ack 101`,
    ]);
    expect([one?.tcb.state, other?.tcb.state]).toEqual([State.SYN_SENT, State.ESTABLISHED]);
  });

  test("a listener at one address takes what comes to that one only", () => {
    const host = multihomed();
    value(host.stack.listen(80, { address: SECOND_HOME }));
    expect(host.arrives("SYN", { seq: 100 })).toEqual([
      `${HOST}:80 > ${PEER}:50000 RST,ACK seq 0 ack 101`,
    ]);
    const there = { dst: SECOND_HOME, seq: 100 };
    expect(host.arrives("SYN", there)).toEqual([
      `${SECOND_HOME}:80 > ${PEER}:50000 SYN,ACK seq 300 ack 101`,
    ]);
    host.arrives("ACK", { ...there, seq: 101, ack: 301 });
    expect(value(host.stack.accept(80, SECOND_HOME)).localAddress).toBe(SECOND_HOME);
  });

  test("two listeners share a port at two addresses, each with its own queue", () => {
    const host = multihomed();
    for (const address of [HOST, SECOND_HOME]) value(host.stack.listen(80, { address }));
    host.arrives("SYN", { seq: 100, dst: SECOND_HOME });
    host.arrives("ACK", { seq: 101, ack: 301, dst: SECOND_HOME });
    expect([HOST, SECOND_HOME].map((address) => host.stack.acceptable(80, address))).toEqual([
      0, 1,
    ]);
    host.stack.unlisten(80, 0, SECOND_HOME);
    expect(host.take().map(({ src }) => src)).toEqual([SECOND_HOME]);
    expect(host.stack.isListening(80, HOST)).toBe(true);
    expect(host.stack.isListening(80, SECOND_HOME)).toBe(false);
  });

  test("one for any address takes them all, and leaves no room for another", () => {
    const { stack } = multihomed();
    value(stack.listen(80));
    expect(errno(stack.listen(80, { address: SECOND_HOME }))).toBe("EADDRINUSE");
    value(stack.listen(81, { address: SECOND_HOME }));
    expect(errno(stack.listen(81))).toBe("EADDRINUSE");
    expect(errno(stack.listen(81, { address: SECOND_HOME }))).toBe("EADDRINUSE");
  });

  test("EADDRNOTAVAIL: the address is not the host's", () => {
    const { stack } = multihomed();
    const localAddress = "192.0.2.77";
    expect(errno(stack.connect(PEER, 80, 5000, 1, 0, { localAddress }))).toBe("EADDRNOTAVAIL");
    expect(errno(stack.listen(80, { address: localAddress }))).toBe("EADDRNOTAVAIL");
    expect(stack.sockets()).toEqual([]);
  });
});

describe("without one the host chooses (MUST-44)", () => {
  test("its first address of the peer's IP version", () => {
    const { stack } = multihomed();
    expect(value(stack.connect(PEER, 80, 5000, 1, 0)).localAddress).toBe(HOST);
    expect(value(stack.connect("2001:db8::1", 80, 5000, 1, 0)).localAddress).toBe(V6);
  });

  test("ENETUNREACH where it has none, EINVAL where the user names one of the other version", () => {
    const { stack } = new HostUnderTest();
    expect(errno(stack.connect("2001:db8::1", 80, 5000, 1, 0))).toBe("ENETUNREACH");
    const mixed = multihomed().stack.connect(PEER, 80, 5000, 1, 0, { localAddress: V6 });
    expect(errno(mixed)).toBe("EINVAL");
  });
});

test("every segment has the local address that the first came to (MUST-45)", () => {
  const host = multihomed();
  value(host.stack.listen(80));
  host.arrives("SYN", { dst: SECOND_HOME, seq: 100 });
  host.arrives("ACK", { dst: SECOND_HOME, seq: 101, ack: 301 });
  const socket = value(host.stack.accept(80));
  value(host.stack.send(socket, new Uint8Array(3000), 0));
  value(host.stack.close(socket, 0));
  const sources = host.take().map(({ src }) => src);
  expect(sources.length).toBeGreaterThan(2);
  expect(new Set(sources)).toEqual(new Set([SECOND_HOME]));
  expect(stateName(socket.tcb.state)).toBe("FIN-WAIT-1");
});

describe("OPEN to what is not one host (MUST-46)", () => {
  test.each([
    ["a group", "224.0.0.1", "ENETUNREACH"],
    ["everyone", "255.255.255.255", "ENETUNREACH"],
    ["what no one may have", "240.0.0.1", "ENETUNREACH"],
    ["this network", "0.0.0.7", "EINVAL"],
    ["no address", "0.0.0.0", "EINVAL"],
    ["no address of IPv6", "::", "EINVAL"],
    ["a group of IPv6", "ff02::1", "ENETUNREACH"],
    ["something else", "example.org", "EINVAL"],
  ])("%s: connect to %s is refused with %s", (_what, address, expected) => {
    const host = multihomed();
    expect(errno(host.stack.connect(address, 80, 5000, 1, 0))).toBe(expected);
    expect(host.take()).toEqual([]);
    expect(host.stack.sockets()).toEqual([]);
  });
});

describe("a SYN to what is not one host (MUST-57)", () => {
  test.each(["255.255.255.255", "224.0.0.1", "239.1.2.3", "ff02::1", "0.0.0.0", "192.0.2.3"])(
    "%s: no record and no answer, with a listener and without",
    (dst) => {
      const host = multihomed();
      value(host.stack.listen(80));
      for (const dstPort of [80, 81]) {
        expect(host.arrives("SYN", { dst, dstPort, seq: 100 })).toEqual([]);
        expect(host.arrives("ACK", { dst, dstPort, seq: 100, ack: 5 })).toEqual([]);
      }
      expect(host.stack.sockets()).toEqual([]);
    },
  );

  test("no host has such an address itself", () => {
    const wrong = () => new HostUnderTest({}, { furtherAddresses: ["224.0.0.1"] });
    expect(wrong).toThrow("224.0.0.1 cannot be a host's own address");
  });
});

describe("a SYN from what cannot be a source (MUST-63)", () => {
  test.each(["255.255.255.255", "224.0.0.1", "240.0.0.1", "0.0.0.0", "ff02::1", "::"])(
    "%s: is ignored, with a listener and without",
    (src) => {
      const host = multihomed();
      const dst = src.includes(":") ? V6 : HOST;
      value(host.stack.listen(80));
      for (const dstPort of [80, 81]) {
        expect(host.arrives("SYN", { src, dst, dstPort, seq: 100 })).toEqual([]);
        expect(host.arrives("ACK", { src, dst, dstPort, seq: 100, ack: 5 })).toEqual([]);
      }
      expect(host.stack.sockets()).toEqual([]);
    },
  );
});
