import { decodeTcp, encodeTcp, type TcpSegment } from "@synfin/core/wire";
import { type Codec, encodeDecodeIdentity, encodeDecodeIdentityOf } from "@synfin/properties";
import { expect, test } from "vitest";
import { breaches } from "../support/doctor.ts";

const segment: TcpSegment = {
  ...{ srcPort: 50000, dstPort: 80, seq: 0xffff_ffff, ack: 1, dataOffset: 6, reserved: 5 },
  ...{ flags: 0xff, window: 1000, checksum: 0x1234, urgentPointer: 9 },
  options: [{ name: "mss", value: 1460 }],
  payload: Uint8Array.of(1, 2, 3),
};

/** A codec that changes one octet of what it writes. */
function flipping(octet: number): Codec {
  return {
    decode: decodeTcp,
    encode: (value) => {
      const bytes = encodeTcp(value);
      if (bytes.ok) bytes.value[octet] = (bytes.value[octet] ?? 0) ^ 1;
      return bytes;
    },
  };
}

test("our codec keeps it", () => {
  expect(breaches(encodeDecodeIdentity, segment)).toEqual([]);
});

test.each([
  ["a port", 1, "srcPort: 50000 and 50001"],
  ["the reserved bits", 12, "reserved: 5 and 4"],
  ["an option", 23, "options.0.value: 1460 and 1461"],
  ["the text", 26, "payload.2: 3 and 2"],
])("a codec that flips a bit of %s", (_name, octet, difference) => {
  const law = encodeDecodeIdentityOf(flipping(octet));
  expect(breaches(law, segment)[0]?.message).toBe(
    `encoded and decoded it differs in ${difference}`,
  );
});

test("a codec that refuses its own octets, or loses an option", () => {
  const deaf: Codec = { encode: encodeTcp, decode: () => decodeTcp(Uint8Array.of(1)) };
  expect(breaches(encodeDecodeIdentityOf(deaf), segment)).toMatchObject([
    { message: expect.stringContaining("refuses what it encoded") },
  ]);
  const forgetful: Codec = {
    encode: (value) => encodeTcp({ ...value, options: [], dataOffset: 5 }),
    decode: decodeTcp,
  };
  expect(breaches(encodeDecodeIdentityOf(forgetful), segment)).toMatchObject([
    { message: expect.stringContaining("dataOffset: 6 and 5") },
  ]);
});
