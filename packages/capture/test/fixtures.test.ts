import { readFileSync } from "node:fs";
import { decodeIp, decodePacket, encodeIp, encodeTcp } from "@synfin/core/wire";
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

describe("a capture of real connections", () => {
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
