import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCapture, writePcapng } from "@synfin/capture";
import { Flag, type FlagName } from "@synfin/core/tcp";
import { afterAll, describe, expect, test } from "vitest";
import { requireTool } from "../../../../tools/testing/requirements.ts";
import { ODD_PACKETS } from "./odd-packets.ts";
import { decode, fixture, lines } from "./run.ts";

const tshark = requireTool("tshark");
const folder = mkdtempSync(join(tmpdir(), "synfin-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A segment in the words that both can say, numbers raw. */
interface Row {
  readonly frame: number;
  readonly timeUs: number;
  readonly src: string;
  readonly dst: string;
  readonly srcPort: number;
  readonly dstPort: number;
  readonly seq: number;
  readonly ack: number;
  /** The eight control bits, and the reserved ones above them. */
  readonly flags: number;
  readonly window: number;
  readonly urgentPointer: number;
  /** `1` right, `0` wrong, `2` not checked. */
  readonly checksum: string;
  readonly ipChecksum: string;
  readonly payloadLength: number;
  readonly mss: string;
  readonly windowScale: string;
  readonly tsVal: string;
  readonly tsEcr: string;
  readonly sackLeft: string;
  readonly sackRight: string;
  readonly userTimeout: string;
  readonly kinds: string;
}

const FIELDS = [
  "frame.number",
  "frame.time_epoch",
  "ip.src",
  "ip.dst",
  "ipv6.src",
  "ipv6.dst",
  "tcp.srcport",
  "tcp.dstport",
  "tcp.seq",
  "tcp.ack",
  "tcp.flags",
  "tcp.window_size_value",
  "tcp.urgent_pointer",
  "tcp.checksum.status",
  "ip.checksum.status",
  "tcp.len",
  "tcp.options.mss_val",
  "tcp.options.wscale.shift",
  "tcp.options.timestamp.tsval",
  "tcp.options.timestamp.tsecr",
  "tcp.options.sack_le",
  "tcp.options.sack_re",
  "tcp.options.user_to_val",
  "tcp.option_kind",
] as const;

/** What tshark prints, checking checksums and leaving numbers and windows raw. */
function tsharkRows(path: string): Row[] {
  const preferences = [
    "tcp.relative_sequence_numbers:false",
    "tcp.check_checksum:true",
    "ip.check_checksum:true",
  ].flatMap((preference) => ["-o", preference]);
  const wanted = FIELDS.flatMap((field) => ["-e", field]);
  const args = ["-r", path, ...preferences, "-Y", "tcp", "-T", "fields", ...wanted];
  // On stderr it warns of running as root.
  const told = execFileSync(tshark.path, args, { stdio: ["ignore", "pipe", "ignore"] });
  return lines(told.toString()).map(tsharkRow);
}

function tsharkRow(line: string): Row {
  const cells = new Map(line.split("\t").map((cell, index) => [FIELDS[index], cell]));
  const cell = (name: (typeof FIELDS)[number]): string => cells.get(name) ?? "";
  return {
    frame: Number(cell("frame.number")),
    timeUs: Number(cell("frame.time_epoch").replace(".", "").slice(0, -3)),
    src: cell("ip.src") || cell("ipv6.src"),
    dst: cell("ip.dst") || cell("ipv6.dst"),
    srcPort: Number(cell("tcp.srcport")),
    dstPort: Number(cell("tcp.dstport")),
    seq: Number(cell("tcp.seq")),
    ack: Number(cell("tcp.ack")),
    flags: Number(cell("tcp.flags")),
    window: Number(cell("tcp.window_size_value")),
    urgentPointer: Number(cell("tcp.urgent_pointer")),
    checksum: cell("tcp.checksum.status"),
    // IPv6 headers have none, and tshark prints nothing.
    ipChecksum: cell("ip.checksum.status") || "1",
    payloadLength: Number(cell("tcp.len")),
    mss: cell("tcp.options.mss_val"),
    windowScale: cell("tcp.options.wscale.shift"),
    tsVal: cell("tcp.options.timestamp.tsval"),
    tsEcr: cell("tcp.options.timestamp.tsecr"),
    sackLeft: cell("tcp.options.sack_le"),
    sackRight: cell("tcp.options.sack_re"),
    userTimeout: cell("tcp.options.user_to_val"),
    kinds: cell("tcp.option_kind"),
  };
}

/** A line of `synfin decode --json`, as far as it is compared. */
interface DecodedLine {
  readonly frame: number;
  readonly timeUs: number;
  readonly src: string;
  readonly dst: string;
  readonly srcPort: number;
  readonly dstPort: number;
  readonly seq: number;
  readonly ack: number;
  readonly flags: readonly FlagName[];
  readonly reserved?: number;
  readonly window: number;
  readonly urgentPointer: number;
  readonly checksumOk: boolean | null;
  readonly ipChecksumOk: boolean;
  readonly options?: readonly DecodedOption[];
  readonly payloadLength: number;
}

interface DecodedOption {
  readonly name: string;
  readonly kind?: number;
  readonly value?: number;
  readonly shift?: number;
  readonly echoReply?: number;
  readonly timeout?: number;
  readonly blocks?: readonly { readonly left: number; readonly right: number }[];
}

const KINDS = ["eol", "nop", "mss", "window-scale", "sack-permitted", "sack", "", "", "timestamps"];

async function decodedRows(path: string): Promise<Row[]> {
  const run = await decode([path, "--json"]);
  expect(run.exitCode).toBe(0);
  return lines(run.stdout)
    .map((line) => JSON.parse(line) as DecodedLine)
    .flatMap((line) => (line.options === undefined ? [] : [decodedRow(line, line.options)]));
}

function decodedRow(line: DecodedLine, options: readonly DecodedOption[]): Row {
  const { reserved = 0, checksumOk, ipChecksumOk } = line;
  const named = (name: string): DecodedOption | undefined =>
    options.find((option) => option.name === name);
  const blocks = named("sack")?.blocks ?? [];
  const bits = line.flags.reduce((sum, name) => sum | Flag[name], 0);
  const kinds = options.map(({ name, kind }) =>
    name === "user-timeout" ? 28 : (kind ?? KINDS.indexOf(name)),
  );
  return {
    frame: line.frame,
    timeUs: line.timeUs,
    src: line.src,
    dst: line.dst,
    srcPort: line.srcPort,
    dstPort: line.dstPort,
    seq: line.seq,
    ack: line.ack,
    flags: (reserved << 8) | bits,
    window: line.window,
    urgentPointer: line.urgentPointer,
    checksum: checksumOk === null ? "2" : checksumOk ? "1" : "0",
    ipChecksum: ipChecksumOk ? "1" : "0",
    payloadLength: line.payloadLength,
    mss: String(named("mss")?.value ?? ""),
    windowScale: String(named("window-scale")?.shift ?? ""),
    tsVal: String(named("timestamps")?.value ?? ""),
    tsEcr: String(named("timestamps")?.echoReply ?? ""),
    sackLeft: blocks.map(({ left }) => left).join(","),
    sackRight: blocks.map(({ right }) => right).join(","),
    userTimeout: String(named("user-timeout")?.timeout ?? ""),
    kinds: kinds.join(","),
  };
}

describe.skipIf(tshark.missing)("synfin decode prints what tshark prints", () => {
  const shapes = [
    "linux-connections.pcapng",
    "linux-connections.pcap",
    "linux-connections-nanoseconds.pcap",
    "linux-connections-cooked.pcap",
    "linux-connections-cooked2.pcapng",
  ];
  for (const shape of shapes) {
    test(`of ${shape}, segment by segment`, async () => {
      const expected = tsharkRows(fixture(shape));
      expect(expected.length).toBeGreaterThan(100);
      expect(await decodedRows(fixture(shape))).toEqual(expected);
    });
  }

  test("of segments that stand on few wires", async () => {
    const path = join(folder, "odd.pcapng");
    writeFileSync(path, writePcapng(ODD_PACKETS.map((data, index) => ({ timeUs: index, data }))));
    const expected = tsharkRows(path);
    expect(expected).toHaveLength(ODD_PACKETS.length);
    expect(expected.filter(({ checksum }) => checksum === "0")).toHaveLength(1);
    expect(await decodedRows(path)).toEqual(expected);
  });

  test("of segments that the capture cut off, as far as they are there", async () => {
    const { records } = readCapture(readFileSync(fixture("linux-connections.pcapng")));
    const path = join(folder, "cut.pcapng");
    const packets = records.map(({ timeUs = 0, data }) => ({ timeUs, data }));
    writeFileSync(path, writePcapng(packets, { linkType: 1, snapLength: 100 }));
    const expected = tsharkRows(path);
    expect(expected.filter(({ checksum }) => checksum === "2").length).toBeGreaterThan(10);
    expect(await decodedRows(path)).toEqual(expected);
  });
});
