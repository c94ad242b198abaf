import { createSegment, Flag } from "@synfin/core/tcp";
import { buildPacket, parseAddress } from "@synfin/core/wire";
import { expect, test } from "vitest";
import { readIcmpError } from "../src/icmp-error.ts";

/** An ICMP "destination unreachable" about a SYN of ours, made by hand. */
function unreachable(ours: string, theirs: string, code: number): Uint8Array {
  const [src, dst] = [octets(ours), octets(theirs)];
  const segment = { seq: 0xfffffff0, ack: 0, flags: Flag.SYN, window: 1, urgentPointer: 0 };
  const quote = buildPacket({
    ...{ src, dst, srcPort: 50000, dstPort: 80 },
    segment: { ...createSegment(), ...segment, mss: 1460 },
  });
  const message = new Uint8Array(8 + quote.length);
  message.set([src.length === 4 ? 3 : 1, code]);
  message.set(quote, 8);
  return src.length === 4 ? inIpv4(dst, src, message) : inIpv6(dst, src, message);
}

function inIpv4(src: Uint8Array, dst: Uint8Array, message: Uint8Array): Uint8Array {
  const length = 20 + message.length;
  const packet = Uint8Array.from([
    0x45,
    0,
    0,
    length,
    0,
    0,
    0,
    0,
    64,
    1,
    0,
    0,
    ...src,
    ...dst,
    ...message,
  ]);
  writeChecksum(packet, 20, 22, 0);
  return packet;
}

function inIpv6(src: Uint8Array, dst: Uint8Array, message: Uint8Array): Uint8Array {
  const packet = Uint8Array.from([
    0x60,
    0,
    0,
    0,
    0,
    message.length,
    58,
    64,
    ...src,
    ...dst,
    ...message,
  ]);
  writeChecksum(packet, 8, 42, message.length + 58);
  return packet;
}

function writeChecksum(packet: Uint8Array, from: number, at: number, start: number): void {
  const view = new DataView(packet.buffer);
  let sum = start;
  for (let word = from; word < packet.length; word += 2) sum += view.getUint16(word);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  view.setUint16(at, ~sum & 0xffff);
}

function octets(address: string): Uint8Array {
  const parsed = parseAddress(address);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

const ABOUT = { localPort: 50000, remotePort: 80, seq: 0xfffffff0 };

test("port unreachable names the connection and the segment, and is hard", () => {
  expect(readIcmpError(unreachable("192.0.2.2", "192.0.2.1", 3))).toEqual({
    ...ABOUT,
    remoteAddress: "192.0.2.1",
    hard: true,
  });
  expect(readIcmpError(unreachable("2001:db8::2", "2001:db8::1", 4))).toEqual({
    ...ABOUT,
    remoteAddress: "2001:db8::1",
    hard: true,
  });
});

test("host unreachable may pass", () => {
  expect(readIcmpError(unreachable("192.0.2.2", "192.0.2.1", 1))).toMatchObject({ hard: false });
  expect(readIcmpError(unreachable("2001:db8::2", "2001:db8::1", 3))).toMatchObject({
    hard: false,
  });
});

test.each(["192.0.2.2", "2001:db8::2"])(
  "one changed octet, cut off anywhere: no error (%s)",
  (ours) => {
    const whole = unreachable(ours, ours.replace(/2$/, "1"), 3);
    expect(readIcmpError(whole)).toBeDefined();
    const icmpAt = whole[0] === 0x45 ? 20 : 40;
    for (let at = icmpAt; at < whole.length; at += 1) {
      const damaged = whole.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      expect(readIcmpError(damaged)).toBeUndefined();
    }
    for (let length = 0; length < whole.length; length += 1) {
      expect(readIcmpError(whole.subarray(0, length))).toBeUndefined();
    }
  },
);
