import { describe, expect, test } from "vitest";
import { createSegment, Flag } from "../../src/tcp/index.ts";
import {
  buildPacket,
  checksumOk,
  createPacketFields,
  decodePacket,
  parseAddress,
  readPacket,
  tcpChecksumOk,
} from "../../src/wire/index.ts";
import { hex, toHex, unwrap } from "./hex.ts";

const CLIENT = unwrap(parseAddress("192.0.2.1"));
const SERVER = unwrap(parseAddress("192.0.2.2"));
const CLIENT6 = unwrap(parseAddress("2001:db8::1"));
const SERVER6 = unwrap(parseAddress("2001:db8::2"));

const SYN = { ...createSegment(), seq: 100, flags: Flag.SYN, window: 65535, mss: 1460 };
const DATA = { ...createSegment(), seq: 101, ack: 301, flags: Flag.ACK | Flag.PSH, window: 4096 };
const v4 = { src: CLIENT, dst: SERVER, srcPort: 49152, dstPort: 80 };
const v6 = { src: CLIENT6, dst: SERVER6, srcPort: 49152, dstPort: 80 };

describe("buildPacket", () => {
  test("a SYN in IPv4, octet by octet", () => {
    const packet = buildPacket({ ...v4, segment: SYN, identification: 7, hopLimit: 63 });
    expect(toHex(packet)).toBe(
      toHex(
        hex(`45 00 002c 0007 4000 3f 06 b7c1 c0000201 c0000202
             c000 0050 00000064 00000000 6002 ffff 536e 0000 020405b4`),
      ),
    );
  });

  test("text that is not given is zeros", () => {
    const packet = buildPacket({ ...v6, segment: { ...DATA, length: 3 } });
    expect(unwrap(decodePacket(packet)).tcp.payload).toEqual(hex("000000"));
    expect(packet).toHaveLength(40 + 20 + 3);
  });

  test("what it builds is read back as the machine's own segment", () => {
    const payload = hex("68656c6c6f");
    const segment = { ...DATA, length: 5, urgentPointer: 3 };
    for (const ends of [v4, v6]) {
      const packet = buildPacket({ ...ends, segment, payload });
      const fields = createPacketFields();
      expect(readPacket(packet, 0, packet.length, fields)).toBe(0);
      expect(fields).toMatchObject({ ...segment, srcPort: 49152, dstPort: 80, badOptionAt: 0 });
      expect(packet.subarray(fields.payloadAt)).toEqual(payload);
    }
  });

  test("values that cannot be sent are bugs of the caller", () => {
    expect(() => buildPacket({ ...v4, segment: DATA, payload: hex("00") })).toThrow(
      "the payload has 1 octets, not 0",
    );
    expect(() => buildPacket({ ...v4, dst: SERVER6, segment: SYN })).toThrow(
      "Destination Address length",
    );
    expect(() => buildPacket({ ...v4, srcPort: 70000, segment: SYN })).toThrow("Source Port");
    expect(() => buildPacket({ ...v4, segment: { ...DATA, length: 65536 } })).toThrow(
      "Total Length",
    );
  });
});

describe("checksumOk", () => {
  test("is right for what was built, with text of odd and even length (MUST-2)", () => {
    for (const ends of [v4, v6]) {
      for (const length of [0, 1, 2, 1459, 1460]) {
        const payload = Uint8Array.from({ length }, (_, index) => index * 7);
        const packet = buildPacket({ ...ends, segment: { ...DATA, length }, payload });
        expect(checksumOk(packet)).toBe(true);
        expect(tcpChecksumOk(packet)).toBe(true);
      }
    }
  });

  test("is wrong after any one bit of an IPv4 packet has changed (MUST-3)", () => {
    const packet = buildPacket({ ...v4, segment: SYN });
    for (let bit = 0; bit < 8 * packet.length; bit++) {
      const bad = packet.slice();
      bad[bit >>> 3] = (bad[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
      expect(checksumOk(bad), `bit ${bit}`).toBe(false);
    }
  });

  test("tells the IP header's checksum from TCP's", () => {
    const packet = buildPacket({ ...v4, segment: SYN });
    packet[8] = 1;
    expect(checksumOk(packet)).toBe(false);
    expect(tcpChecksumOk(packet)).toBe(true);
  });

  test("looks at one packet within a larger array, and past its trailer", () => {
    const packet = buildPacket({ ...v6, segment: SYN });
    const larger = new Uint8Array(packet.length + 30).fill(0xaa);
    larger.set(packet, 11);
    expect(checksumOk(larger, 11, larger.length)).toBe(true);
    expect(checksumOk(larger)).toBe(false);
  });

  test("of text of odd length leaves out what lies behind it", () => {
    const packet = buildPacket({ ...v4, segment: { ...DATA, length: 3 }, payload: hex("010203") });
    const larger = new Uint8Array(packet.length + 9).fill(0xaa);
    larger.set(packet, 5);
    expect(checksumOk(larger, 5, 5 + packet.length)).toBe(true);
  });

  test("what is no TCP packet has none, though one was read before", () => {
    const packet = buildPacket({ ...v4, segment: SYN });
    expect(tcpChecksumOk(packet)).toBe(true);
    packet[9] = 17;
    expect(tcpChecksumOk(packet)).toBe(false);
  });

  test("what is no TCP packet has none", () => {
    expect(checksumOk(hex(""))).toBe(false);
    expect(tcpChecksumOk(new Uint8Array(60))).toBe(false);
  });
});
