import { readFileSync } from "node:fs";
import { Flag } from "@synfin/core/tcp";
import { decodeIp, decodePacket, encodeIp, encodeTcp, type TcpSegment } from "@synfin/core/wire";
import { describe, expect, test } from "vitest";
import { type CaptureRecord, LinkType, openFrame, readCapture, writePcapng } from "../src/index.ts";

/** The same connections in every shape; made by tools/capture/record.sh. */
const SHAPES = [
  { file: "linux-connections.pcapng", format: "pcapng", linkType: LinkType.ETHERNET },
  { file: "linux-connections.pcap", format: "pcap", linkType: LinkType.ETHERNET },
  { file: "linux-connections-nanoseconds.pcap", format: "pcap", linkType: LinkType.ETHERNET },
  { file: "linux-connections-cooked.pcap", format: "pcap", linkType: LinkType.LINUX_SLL },
  { file: "linux-connections-cooked2.pcapng", format: "pcapng", linkType: LinkType.LINUX_SLL2 },
] as const;

function load(file: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`fixtures/${file}`, import.meta.url)));
}

/** The IP packets of a capture; frames without one are left out. */
function ipPackets(records: readonly CaptureRecord[]): Uint8Array[] {
  return records.flatMap(({ linkType, data }) => {
    const opened = openFrame(linkType, data);
    return opened.ok ? [opened.packet] : [];
  });
}

/**
 * The packets that hold TCP, without their order: the cooked files were
 * recorded at the other end, where packets cross at other moments, and
 * neighbour discovery looks different from there.
 */
function tcpPackets(file: string): string[] {
  return ipPackets(readCapture(load(file)).records)
    .filter((packet) => decodePacket(packet).ok)
    .map((packet) => packet.join(" "))
    .toSorted();
}

/** The segments of a capture that came in this version of IP. */
function tcpSegments(file: string, version: number): TcpSegment[] {
  return ipPackets(readCapture(load(file)).records).flatMap((packet) => {
    const decoded = decodePacket(packet);
    return decoded.ok && decoded.value.ip.version === version ? [decoded.value.tcp] : [];
  });
}

/** How many segments have exactly `bits` among the flags of `mask`. */
function count(segments: readonly TcpSegment[], bits: number, mask: number): number {
  return segments.filter(({ flags }) => (flags & mask) === bits).length;
}

describe("a capture of real connections", () => {
  for (const version of [4, 6]) {
    test(`holds what it was made for, over IPv${version}`, () => {
      const segments = tcpSegments("linux-connections.pcapng", version);
      const { FIN, SYN, RST, ACK } = Flag;
      const server = segments.filter(({ srcPort }) => srcPort < 32768);
      const client = segments.filter(({ srcPort }) => srcPort >= 32768);
      // Six connections, and one that is refused.
      expect(count(client, SYN, SYN | ACK)).toBe(7);
      expect(count(server, SYN | ACK, SYN | ACK)).toBe(6);
      expect(
        server.filter(({ srcPort, flags }) => srcPort === 20009 && flags === (RST | ACK)),
      ).toHaveLength(1);
      expect(count(client, RST, RST)).toBe(1);
      expect(count(server, RST, RST)).toBe(2);
      expect(count(client, FIN, FIN)).toBe(4);
      expect(count(server, FIN, FIN)).toBe(4);
      // Half-close: text from the server behind the client's FIN.
      const half = segments.filter(
        ({ srcPort, dstPort }) => srcPort === 20003 || dstPort === 20003,
      );
      const clientFin = half.findIndex(({ flags }) => (flags & FIN) !== 0);
      const after = half.slice(clientFin).filter(({ srcPort }) => srcPort === 20003);
      expect(after.reduce((sum, { payload }) => sum + payload.length, 0)).toBe(29);
    });
  }

  for (const { file, format, linkType } of SHAPES) {
    test(`${file} is read whole`, () => {
      const capture = readCapture(load(file));
      expect(capture.error).toBeUndefined();
      expect(capture.format).toBe(format);
      expect(new Set(capture.records.map((record) => record.linkType))).toEqual(
        new Set([linkType]),
      );
      const times = capture.records.map(({ timeUs }) => timeUs ?? 0);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    });

    test(`every IP packet of ${file} is re-emitted to the same octets`, () => {
      const packets = ipPackets(readCapture(load(file)).records);
      expect(packets.length).toBeGreaterThan(100);
      for (const packet of packets) {
        const ip = decodeIp(packet);
        if (!ip.ok) throw new Error(ip.error.message);
        expect(encodeIp(ip.value)).toEqual({ ok: true, value: packet });
        const whole = decodePacket(packet);
        if (!whole.ok) continue;
        const { payload } = whole.value.ip;
        expect(encodeTcp(whole.value.tcp)).toEqual({ ok: true, value: payload });
      }
    });
  }

  test("holds the same TCP packets in every shape", () => {
    const [first, ...others] = SHAPES.map(({ file }) => tcpPackets(file));
    expect(first?.length).toBeGreaterThan(100);
    for (const packets of others) expect(packets).toEqual(first);
  });

  test("survives being written anew", () => {
    const { records } = readCapture(load("linux-connections.pcapng"));
    const again = writePcapng(
      records.map(({ timeUs = 0, data, originalLength }) => ({ timeUs, data, originalLength })),
      { linkType: LinkType.ETHERNET },
    );
    const strip = ({ number, timeUs, data }: CaptureRecord) => ({ number, timeUs, data });
    expect(readCapture(again).records.map(strip)).toEqual(records.map(strip));
  });
});
