import { type FourTuple, halfSipHash, initialSequenceNumber, seqDiff } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { tupleBytes } from "../../src/tcp/isn.ts";

/** The key 00 01 … 07 and the inputs "", 00, 00 01, … of the SipHash authors' test vectors. */
const KEY = { k0: 0x0302_0100, k1: 0x0706_0504 };
const VECTORS = [
  [0, 0x5b9f_35a9],
  [1, 0xb85a_4727],
  [2, 0x03a6_62fa],
  [3, 0x04e7_fe8a],
  [4, 0x8946_6e2a],
  [5, 0x69b6_fac5],
  [7, 0xc563_cf8b],
  [8, 0x8f84_b8d0],
  [15, 0x972b_fe74],
] as const;

const TUPLE: FourTuple = {
  localAddress: Uint8Array.of(192, 0, 2, 1),
  localPort: 49152,
  remoteAddress: Uint8Array.of(192, 0, 2, 2),
  remotePort: 80,
};

test.each(VECTORS)("HalfSipHash of %i octets", (length, expected) => {
  const input = Uint8Array.from({ length }, (_, index) => index);
  expect(halfSipHash(input, KEY)).toBe(expected);
});

describe("ISN = M + F(4-tuple, secret) (SHLD-1, RFC 6528)", () => {
  test("the sum is of the clock and the hash, and nothing else", () => {
    const octets = Uint8Array.of(192, 0, 2, 1, 0xc0, 0x00, 192, 0, 2, 2, 0, 80);
    expect(tupleBytes(TUPLE)).toEqual(octets);
    expect(initialSequenceNumber(0, TUPLE, KEY)).toBe(halfSipHash(octets, KEY));
    expect(initialSequenceNumber(40, TUPLE, KEY)).toBe((halfSipHash(octets, KEY) + 10) >>> 0);
  });

  test("the same connection later: larger by 250,000 a second (MUST-8)", () => {
    const first = initialSequenceNumber(0, TUPLE, KEY);
    expect(seqDiff(initialSequenceNumber(1_000_000, TUPLE, KEY), first)).toBe(250_000);
    expect(seqDiff(initialSequenceNumber(4, TUPLE, KEY), first)).toBe(1);
  });

  test("the clock goes on across its wrap after 4.77 hours", () => {
    const wrapUs = 2 ** 32 * 4;
    const first = initialSequenceNumber(0, TUPLE, KEY);
    expect(initialSequenceNumber(wrapUs, TUPLE, KEY)).toBe(first);
    expect(seqDiff(initialSequenceNumber(wrapUs + 4, TUPLE, KEY), first)).toBe(1);
  });

  test.each<[string, Partial<FourTuple>]>([
    ["local address", { localAddress: Uint8Array.of(192, 0, 2, 3) }],
    ["local port", { localPort: 49153 }],
    ["remote address", { remoteAddress: Uint8Array.of(192, 0, 2, 3) }],
    ["remote port", { remotePort: 81 }],
  ])("another %s: unrelated", (_name, change) => {
    const here = initialSequenceNumber(0, TUPLE, KEY);
    const there = initialSequenceNumber(0, { ...TUPLE, ...change }, KEY);
    expect(Math.abs(seqDiff(here, there))).toBeGreaterThan(100_000);
  });

  test("another secret: different, so no one outside can compute it (MUST-9)", () => {
    const here = initialSequenceNumber(0, TUPLE, KEY);
    expect(initialSequenceNumber(0, TUPLE, { ...KEY, k1: KEY.k1 + 1 })).not.toBe(here);
  });
});
