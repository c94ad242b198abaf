import fc from "fast-check";
import { expect, test } from "vitest";
import { createSegment, Flag, type Segment } from "../../src/tcp/index.ts";
import {
  buildPacket,
  checksumOk,
  createPacketFields,
  decodeIp,
  decodePacket,
  decodeTcp,
  encodeIp,
  encodeTcp,
  readPacket,
} from "../../src/wire/index.ts";
import { ipv4Around, ipv6Around, tcpSegment } from "./arbitraries.ts";
import { unwrap } from "./hex.ts";
import { expectSameReading } from "./reading.ts";

/** Mutation testing, which runs this some thousand times, makes do with fewer. */
const RUNS = { numRuns: Number(process.env["SYNFIN_PROPERTY_RUNS"] ?? 2000) };

test("a segment that is encoded and decoded is the same segment", () => {
  fc.assert(
    fc.property(tcpSegment, (segment) => {
      const decoded = decodeTcp(unwrap(encodeTcp(segment)));
      expect(unwrap(decoded)).toEqual(segment);
      expect(decoded).toMatchObject({ optionErrors: [] });
    }),
    RUNS,
  );
});

test("a packet that is encoded and decoded is the same packet", () => {
  const packet = tcpSegment
    .map((segment) => unwrap(encodeTcp(segment)))
    .chain((payload) => fc.oneof(ipv4Around(payload), ipv6Around(payload)));
  fc.assert(
    fc.property(packet, (ip) => {
      const bytes = unwrap(encodeIp(ip));
      expect(unwrap(decodeIp(bytes))).toEqual(ip);
      expect(unwrap(decodePacket(bytes)).ip).toEqual(ip);
      expectSameReading(bytes);
    }),
    RUNS,
  );
});

test("the two ways of reading agree on any octets, and refuse for the same reason", () => {
  // A first nibble of 4 or 6 gets some of them past the version.
  const nearly = fc
    .tuple(fc.constantFrom(0x45, 0x46, 0x60), fc.uint8Array({ maxLength: 120 }))
    .map(([first, rest]) => Uint8Array.of(first, ...rest));
  fc.assert(
    fc.property(fc.oneof(nearly, fc.uint8Array()), (bytes) => {
      expectSameReading(bytes);
    }),
    RUNS,
  );
});

test("what the machine sends arrives as the machine's own segment, checksums right", () => {
  const segment: fc.Arbitrary<Segment> = fc
    .record({
      seq: fc.integer({ min: 0, max: 0xffffffff }),
      ack: fc.integer({ min: 0, max: 0xffffffff }),
      flags: fc.integer({ min: 0, max: 0xff }),
      window: fc.integer({ min: 0, max: 0xffff }),
      urgentPointer: fc.integer({ min: 0, max: 0xffff }),
      length: fc.integer({ min: 0, max: 1500 }),
      mss: fc.integer({ min: 0, max: 0xffff }),
    })
    .map((fields) => ({ ...createSegment(), ...fields }));
  const port = fc.integer({ min: 0, max: 0xffff });
  const size = fc.constantFrom(4, 16);
  const ends = size.chain((length) => {
    const address = fc.uint8Array({ minLength: length, maxLength: length });
    return fc.record({ src: address, dst: address, srcPort: port, dstPort: port });
  });
  let syns = 0;
  fc.assert(
    fc.property(ends, segment, (parts, sent) => {
      const packet = buildPacket({ ...parts, segment: sent });
      const arrived = createPacketFields();
      expect(readPacket(packet, 0, packet.length, arrived)).toBe(0);
      expect(arrived).toMatchObject({ ...sent, srcPort: parts.srcPort, dstPort: parts.dstPort });
      expect(checksumOk(packet)).toBe(true);
      if ((sent.flags & Flag.SYN) !== 0) syns++;
    }),
    RUNS,
  );
  expect(syns).toBeGreaterThan(RUNS.numRuns / 10);
});
