import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createSegment, Flag } from "@synfin/core/tcp";
import { buildPacket, parseAddress } from "@synfin/core/wire";
import { afterAll, describe, expect, test } from "vitest";
import { requireTool } from "../../../tools/testing/requirements.ts";
import { type PacketToWrite, writePcap, writePcapng } from "../src/index.ts";

const tshark = requireTool("tshark");
const folder = mkdtempSync(join(tmpdir(), "synfin-"));
afterAll(() => rmSync(folder, { recursive: true }));

function address(text: string): Uint8Array {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

/** A SYN over IPv4 and some text over IPv6, the second one a tenth of a second later. */
const PACKETS: readonly PacketToWrite[] = [
  {
    timeUs: 1_700_000_000_123_456,
    data: buildPacket({
      src: address("192.0.2.1"),
      dst: address("192.0.2.2"),
      srcPort: 49152,
      dstPort: 20001,
      segment: { ...createSegment(), seq: 100, flags: Flag.SYN, window: 65535, mss: 1460 },
    }),
    comment: "첫 segment",
  },
  {
    timeUs: 1_700_000_000_223_457,
    data: buildPacket({
      src: address("2001:db8::1"),
      dst: address("2001:db8::2"),
      srcPort: 49153,
      dstPort: 20001,
      segment: { ...createSegment(), seq: 101, ack: 1, flags: Flag.ACK, window: 1, length: 3 },
      payload: Uint8Array.of(1, 2, 3),
    }),
  },
];

function save(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** What tshark says of these fields, a line for each frame. */
function fields(path: string, names: readonly string[]): string[] {
  const checks = ["-o", "tcp.check_checksum:true", "-o", "ip.check_checksum:true"];
  const raw = ["-o", "tcp.relative_sequence_numbers:false"];
  const wanted = names.flatMap((name) => ["-e", name]);
  const args = ["-r", path, ...checks, ...raw, "-T", "fields", ...wanted];
  // On stderr it warns of running as root.
  const told = execFileSync(tshark.path, args, { stdio: ["ignore", "pipe", "ignore"] });
  return told.toString().trimEnd().split("\n");
}

describe.skipIf(tshark.missing)("Wireshark reads what is written", () => {
  const common = ["frame.time_epoch", "frame.len", "tcp.seq", "tcp.checksum.status"];

  test("pcapng, with its comments", () => {
    const options = { interfaceName: "client", application: "synfin", comment: "a run" };
    const path = save("written.pcapng", writePcapng(PACKETS, options));
    expect(fields(path, [...common, "frame.comment", "frame.interface_name"])).toEqual([
      "1700000000.123456000\t44\t100\t1\t첫 segment\tclient",
      "1700000000.223457000\t63\t101\t1\t\tclient",
    ]);
  });

  test("pcap", () => {
    const path = save("written.pcap", writePcap(PACKETS));
    expect(fields(path, common)).toEqual([
      "1700000000.123456000\t44\t100\t1",
      "1700000000.223457000\t63\t101\t1",
    ]);
  });

  test("capinfos, which comes with tshark, finds nothing wrong", () => {
    const options = { application: "synfin 1", comment: "a run", snapLength: 50 };
    const path = save("told.pcapng", writePcapng(PACKETS, options));
    const capinfos = join(dirname(tshark.path), "capinfos");
    const told = execFileSync(capinfos, [path], { encoding: "utf8", stdio: "pipe" });
    expect(told).toMatch(/File type:\s+Wireshark\/\.\.\. - pcapng/);
    expect(told).toMatch(/File encapsulation:\s+Raw IP/);
    expect(told).toMatch(/Number of packets:\s+2/);
    expect(told).toMatch(/Capture length = 50/);
    expect(told).toMatch(/Capture application:\s+synfin 1/);
    expect(told).toMatch(/Capture comment:\s+a run/);
  });
});
