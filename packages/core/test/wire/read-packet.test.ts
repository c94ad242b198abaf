import { describe, expect, test } from "vitest";
import { createSegment, Flag } from "../../src/tcp/index.ts";
import {
  buildPacket,
  createPacketFields,
  DECODE_ERROR_KINDS,
  errorCode,
  readPacket,
} from "../../src/wire/index.ts";
import { hex } from "./hex.ts";
import { expectSameReading } from "./reading.ts";

describe("options, as the machine gets to see them", () => {
  const OPTIONS_AT = 40 + 20;
  const ROOM = 36;

  /** What is read of a packet with these octets as its options, and zeros behind them. */
  function read(octets: string, flags: number = Flag.ACK) {
    const segment = { ...createSegment(), flags, sackCount: 4 };
    const [src, dst] = [hex("20010db8".padEnd(32, "0")), hex("20010db8".padEnd(32, "1"))];
    const bytes = buildPacket({ src, dst, srcPort: 1, dstPort: 80, segment });
    bytes.fill(0, OPTIONS_AT, OPTIONS_AT + ROOM).set(hex(octets), OPTIONS_AT);
    const fields = createPacketFields();
    expect(readPacket(bytes, 0, bytes.length, fields)).toBe(0);
    return fields;
  }

  test("EOL ends them, NOP is passed over, MSS is understood (MUST-4)", () => {
    const fields = read("01 02 04 05b4 00 03 03 07");
    expect(fields).toMatchObject({ mss: 1460, windowScale: -1, badOption: 0 });
  });

  test("they may come on any segment (MUST-5)", () => {
    for (const flags of [0, 1, 2, 4, 16, 17, 18, 24, 0xff]) {
      const fields = read("02 04 05b4 01 01 08 0a 00000001 00000002", flags);
      expect(fields).toMatchObject({ flags, mss: 1460, hasTimestamps: 1, tsVal: 1, tsEcr: 2 });
    }
  });

  test("an unknown one is skipped by its length, whatever that is (MUST-6, MUST-68)", () => {
    for (let length = 2; length <= ROOM - 4; length += 1) {
      const head = `fd ${length.toString(16).padStart(2, "0")}`;
      expect(read(`${head} ${"02".repeat(length - 2)} 02 04 05b4`).mss).toBe(1460);
    }
  });

  test("they may begin at any octet (MUST-64)", () => {
    for (let before = 0; before < 8; before += 1) {
      const fields = read(`${"01".repeat(before)} 08 0a 01020304 05060708 02 04 1234`);
      expect(fields).toMatchObject({ mss: 0x1234, tsVal: 0x0102_0304, tsEcr: 0x0506_0708 });
    }
  });

  test("one of illegal length is told of, and harms no other (MUST-7)", () => {
    expect(read("03 04 0000 02 04 05b4")).toMatchObject({ badOption: 1, mss: 1460 });
    expect(read("02 04 05b4 08 00")).toMatchObject({ badOption: 1, mss: 1460 });
  });
});

test.each([
  ["where RFC 7323 Appendix A puts them", "01 01 08 0a f0000001 f0000002"],
  ["with the NOPs behind them", "08 0a f0000001 f0000002 01 01"],
  ["between two NOPs", "01 08 0a f0000001 f0000002 01"],
  ["as the first of several options", "01 01 08 0a f0000001 f0000002 02 04 05b4"],
])("timestamps are read %s", (_, options) => {
  const bytes = ipv4Around(hex(options));
  const fields = createPacketFields();
  expect(readPacket(bytes, 0, bytes.length, fields)).toBe(0);
  expect(fields).toMatchObject({ hasTimestamps: 1, tsVal: 0xf0000001, tsEcr: 0xf0000002 });
  expectSameReading(bytes);
});

/** A packet without text whose TCP header ends in these options. */
function ipv4Around(options: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(40 + options.length);
  bytes.set([0x45, 0, 0, bytes.length, 0, 0, 0, 0, 64, 6]);
  bytes[32] = ((20 + options.length) / 4) << 4;
  bytes.set(options, 40);
  return bytes;
}

test("error codes are 1 + the kind's place in the list", () => {
  expect(DECODE_ERROR_KINDS.map(errorCode)).toEqual(
    DECODE_ERROR_KINDS.map((_, index) => index + 1),
  );
  expect(readPacket(new Uint8Array(40), 0, 0, createPacketFields())).toBe(errorCode("too-short"));
  expect(readPacket(new Uint8Array(40), 5, 3, createPacketFields())).toBe(errorCode("too-short"));
});

test("fields of which nothing has been read are all zero", () => {
  const own = { srcPort: 0, dstPort: 0, version: 0, addressAt: 0, tcpAt: 0, payloadAt: 0 };
  expect(createPacketFields()).toMatchObject({ ...own, badOptionAt: 0, reserved: 0, checksum: 0 });
});
