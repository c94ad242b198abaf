import { expect, test } from "vitest";
import { readIcmpError } from "../src/icmp-error.ts";
import { icmpPacket, synPacket } from "./icmp-packet.ts";

const OURS = { 4: "192.0.2.2", 6: "2001:db8::2" } as const;
const THEIRS = { 4: "192.0.2.1", 6: "2001:db8::1" } as const;

function errorAbout(version: 4 | 6, type: number, code: number): Uint8Array {
  return icmpPacket(synPacket(OURS[version], THEIRS[version]), type, code);
}

test.each([
  [4, 3, 0],
  [4, 3, 3],
  [4, 4, 0],
  [4, 11, 0],
  [4, 12, 0],
  [6, 1, 4],
  [6, 2, 0],
  [6, 3, 0],
  [6, 4, 1],
] as const)(
  "ICMPv%i, type %i, code %i: names the connection and the segment",
  (version, type, code) => {
    expect(readIcmpError(errorAbout(version, type, code))).toEqual({
      ...{ version, type, code },
      ...{ localAddress: OURS[version], localPort: 50000 },
      ...{ remoteAddress: THEIRS[version], remotePort: 80, seq: 0xfffffff0 },
    });
  },
);

test.each([
  [4, 0],
  [4, 5],
  [4, 8],
  [6, 128],
  [6, 129],
  [6, 136],
] as const)("ICMPv%i, type %i is no error", (version, type) => {
  expect(readIcmpError(errorAbout(version, type, 0))).toBeUndefined();
});

test.each([4, 6] as const)("one changed octet, cut off anywhere: no error (IPv%i)", (version) => {
  const whole = errorAbout(version, version === 4 ? 3 : 1, 3);
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
});
