import { readFile } from "node:fs/promises";
import { LinkType, readCapture, writePcap, writePcapng } from "@synfin/capture";
import { type FlagName, flagBits } from "@synfin/core/tcp";
import { scenarios, traceScenario } from "@synfin/simulator";
import { describe, expect, test } from "vitest";
import { run as synfin } from "../../src/cli.ts";
import { decodeFrame } from "../../src/decode/decode-frame.ts";
import { captureOf } from "../../src/trace/capture-of.ts";
import { packetWith } from "../decode/odd-packets.ts";
import { fixture } from "../decode/run.ts";
import { check } from "./run.ts";

interface Fields {
  readonly flags: readonly FlagName[];
  readonly seq: number;
  readonly ack?: number;
  readonly window?: number;
  readonly text?: string;
}

/** A packet of the connection between ports 1000 and 80 of two hosts. */
function packet(from: "client" | "server", fields: Fields): Uint8Array {
  const { flags, seq, ack = 0, window = 1000, text = "" } = fields;
  const ports = from === "client" ? [1000, 80] : [80, 1000];
  const [srcPort = 0, dstPort = 0] = ports;
  const payload = new TextEncoder().encode(text);
  const bytes = packetWith({ srcPort, dstPort, flags: flagBits(flags), seq, ack, window, payload });
  if (from === "client") return bytes;
  // `packetWith` sends from ::1 to ::2; the answers go the other way.
  const [src, dst] = [bytes.slice(8, 24), bytes.slice(24, 40)];
  bytes.set(dst, 8);
  bytes.set(src, 24);
  return bytes;
}

const HANDSHAKE = [
  packet("client", { flags: ["SYN"], seq: 99 }),
  packet("server", { flags: ["SYN", "ACK"], seq: 499, ack: 100 }),
  packet("client", { flags: ["ACK"], seq: 100, ack: 500 }),
];

/** A capture of a handshake and of what follows it, a millisecond apart. */
function connection(...packets: readonly Uint8Array[]): Uint8Array {
  const all = [...HANDSHAKE, ...packets];
  return writePcapng(all.map((data, index) => ({ timeUs: 1_000_000 + 1000 * index, data })));
}

describe("synfin check CAPTURE", () => {
  test.each([
    "linux-connections.pcapng",
    "linux-connections.pcap",
    "linux-connections-nanoseconds.pcap",
    "linux-connections-cooked.pcap",
    "linux-connections-cooked2.pcapng",
  ])("every law holds in %s, and none is empty that should not be", async (name) => {
    const at = ["--at", "192.0.2.1", "--at", "2001:db8::2"];
    const { exitCode, stdout, stderr } = await check([fixture(name), ...at]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^192\.0\.2\.1:51200 > 192\.0\.2\.2:20001 {2}packets \d+ to \d+: every law holds$/m,
    );
    expect(stdout).toMatch(/^acknowledgesWhatArrived {4}holds, 132 times judged$/m);
    expect(stdout).toMatch(/^receiveSpaceNeverGoesBack {2}holds, \d+ times judged$/m);
    expect(stdout).toMatch(/^14 connections, 152 segments, \d+ other packets: no law is broken$/m);
  });

  test("no capture of a run of ours breaks a law, at whichever end it was made", async () => {
    // In these a segment comes from nowhere: an old duplicate, or someone else's.
    const odd = ["old-duplicate-syn", "challenge-ack"];
    for (const scenario of scenarios.filter(({ name }) => !odd.includes(name))) {
      const trace = traceScenario(scenario);
      for (const [vantage, { address }] of [
        ["client", scenario.hosts[0]] as const,
        ["server", scenario.hosts[1]] as const,
      ]) {
        const run = await check(["c", "--at", address], { c: captureOf(trace, vantage) });
        expect([scenario.name, vantage, run.exitCode, run.stdout]).toEqual([
          ...[scenario.name, vantage, 0],
          expect.stringContaining("no law is broken"),
        ]);
      }
    }
  });

  test("nor does one that begins in the middle of a connection", async () => {
    const scaled = scenarios.filter(({ name }) =>
      ["window-scale", "lost-syn-ack", "simultaneous-open"].includes(name),
    );
    expect(scaled).toHaveLength(3);
    for (const scenario of scaled) {
      const { records } = readCapture(captureOf(traceScenario(scenario), "server"));
      const { address } = scenario.hosts[1];
      for (let from = 1; from < records.length - 1; from += 1) {
        const packets = records.slice(from).map(({ data }, timeUs) => ({ data, timeUs }));
        const c = writePcapng(packets, { linkType: LinkType.RAW });
        const run = await check(["c", "--at", address], { c });
        expect([scenario.name, from, run.exitCode, run.stdout, run.error]).toEqual([
          ...[scenario.name, from, 0, expect.stringContaining("no law is broken"), undefined],
        ]);
      }
    }
  });

  test("one direction alone is held to what it can show", async () => {
    const { records } = readCapture(await readFile(fixture("linux-connections.pcapng")));
    const { linkType = 0 } = records[0] ?? {};
    for (const end of ["192.0.2.1", "192.0.2.2"]) {
      const packets = records.flatMap((record) => {
        const frame = decodeFrame(record);
        const { data, timeUs = 0 } = record;
        return "src" in frame && frame.src === end ? [{ data, timeUs }] : [];
      });
      const c = writePcapng(packets, { linkType });
      const { exitCode, stdout } = await check(["c", "--at", end], { c });
      expect([exitCode, stdout]).toEqual([0, expect.stringContaining("no law is broken")]);
      expect(stdout).toMatch(
        /:20001.*, only one direction was captured: what it shows alone holds$/m,
      );
      expect(stdout).toMatch(/^nothingPastTheWindow +nothing to judge$/m);
      expect(stdout).toMatch(/^synAndFinTakeOneNumber +holds, \d+ times judged$/m);
    }
    const broken = [HANDSHAKE[0], packet("client", { flags: ["ACK"], seq: 99, text: "b" })];
    const c = writePcap(broken.map((data = new Uint8Array(), timeUs) => ({ timeUs, data })));
    const { stdout } = await check(["c"], { c });
    expect(stdout).toContain("only one direction was captured: 1 breach\n");
  });

  test("without --at some laws are not looked at, and it says so", async () => {
    const { stdout } = await check(["c"], { c: connection() });
    expect(
      stdout.split("\n").filter((line) => line.endsWith("not looked at: needs --at")),
    ).toHaveLength(3);
    expect(stdout).toMatch(/^sentAgainIsTheSame +nothing to judge$/m);
  });
});

describe("a planted fault is found, at its packet", () => {
  const fin = packet("client", { flags: ["FIN", "ACK"], seq: 103, ack: 500 });
  const text = packet("client", { flags: ["ACK"], seq: 100, ack: 500, text: "abc" });

  test.each([
    [
      "text behind the FIN",
      [text, fin, packet("client", { flags: ["ACK"], seq: 104, ack: 500, text: "x" })],
      "packet 6: noDataAfterFin (RFC 9293 §3.6, §3.10.2, §3.10.4): <SEQ=104><ACK=500><CTL=ACK> 1 octets is past the FIN",
    ],
    [
      "an acknowledgment of a FIN whose text was never seen",
      [fin, packet("server", { flags: ["ACK"], seq: 500, ack: 104 })],
      "packet 5: acknowledgesWhatArrived (RFC 9293 §3.4, §3.10.7.4): <SEQ=500><ACK=104><CTL=ACK>, but only what is before 100 has come",
    ],
    [
      "text past the window",
      [packet("client", { flags: ["ACK"], seq: 100, ack: 500, text: "a".repeat(1001) })],
      "packet 4: nothingPastTheWindow (RFC 9293 §3.4, §3.8.6, §3.8.6.1): <SEQ=100><ACK=500><CTL=ACK> 1001 octets is 1 past 1100",
    ],
    [
      "other text under the same numbers",
      [text, packet("client", { flags: ["ACK"], seq: 100, ack: 500, text: "abd" })],
      "packet 5: sentAgainIsTheSame (RFC 9293 §3.4, §3.8.1): octet 3 after the SYN is 100, and was 99 before",
    ],
    [
      "text that begins before ISS+1",
      [packet("client", { flags: ["ACK"], seq: 99, ack: 500, text: "ab" })],
      "packet 4: synAndFinTakeOneNumber (RFC 9293 §3.4, §3.10.7.2, §3.10.7.3): text begins -1 octets from ISS+1",
    ],
  ])("%s", async (_, packets, line) => {
    const { exitCode, stdout } = await check(["c"], { c: connection(...packets) });
    expect(exitCode).toBe(1);
    expect(stdout.split("\n")).toContain(`  ${line}`);
    expect(stdout).toMatch(/^1 connection, \d segments: 1 law is broken$/m);
  });

  test("no one is blamed for text that was lost before the capture", async () => {
    const later = packet("client", { flags: ["ACK"], seq: 103, ack: 500, text: "d" });
    expect(await check(["c"], { c: connection(later) })).toMatchObject({ exitCode: 0 });
  });

  test("an acknowledgment that goes back, at the host that sent it, and only there", async () => {
    const c = connection(
      text,
      ...[103, 102].map((ack) => packet("server", { flags: ["ACK"], seq: 500, ack })),
    );
    expect(await check(["c"], { c })).toMatchObject({ exitCode: 0 });
    expect(await check(["c", "--at", "2001:db8::1"], { c })).toMatchObject({ exitCode: 0 });
    const there = await check(["c", "--at", "2001:db8::2"], { c });
    expect(there.exitCode).toBe(1);
    expect(there.stdout).toContain(
      "packet 6: receiveSpaceNeverGoesBack (RFC 9293 §3.8.6 SHLD-14, §3.10.7.4): ACK 102 after ACK 103 in #5",
    );
  });

  test("--json names the packet, the law and the end", async () => {
    const c = connection(
      text,
      fin,
      packet("client", { flags: ["ACK"], seq: 104, ack: 500, text: "x" }),
    );
    const { exitCode, stdout } = await check(["c", "--json"], { c });
    expect(exitCode).toBe(1);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ passed: false, at: [], segments: 6, others: 0 });
    expect(result.connections).toEqual([
      {
        ends: ["[2001:db8::1]:1000", "[2001:db8::2]:80"],
        ...{ fromSyn: true, oneWay: false },
        packets: [1, 2, 3, 4, 5, 6],
        broken: [
          {
            ...{ law: "noDataAfterFin", source: "RFC 9293 §3.6, §3.10.2, §3.10.4", packet: 6 },
            end: "[2001:db8::1]:1000",
            message: "<SEQ=104><ACK=500><CTL=ACK> 1 octets is past the FIN",
          },
        ],
      },
    ]);
    const tally = result.laws.find(({ law }: { law: string }) => law === "everyFinIsAnswered");
    expect(tally).toMatchObject({ lookedAt: false, met: 0, broken: 0 });
  });
});

describe("connections", () => {
  test("a SYN with another number on the same ports begins another one", async () => {
    const again = [
      packet("client", { flags: ["SYN"], seq: 70_000 }),
      packet("server", { flags: ["SYN", "ACK"], seq: 5, ack: 70_001 }),
      packet("client", { flags: ["ACK"], seq: 70_001, ack: 6 }),
    ];
    const { exitCode, stdout } = await check(["c"], { c: connection(...again) });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("packets 1 to 3: every law holds\n");
    expect(stdout).toContain("packets 4 to 6: every law holds\n");
  });

  test("what answers a SYN with the numbers of the connection before it is that one's", async () => {
    // Its host has lost all memory of it, and opens another (RFC 9293 §3.5.1, figure 10).
    const syn = packet("client", { flags: ["SYN"], seq: 50 });
    const standsAt = packet("server", { flags: ["ACK"], seq: 500, ack: 103 });
    const c = connection(
      packet("client", { flags: ["ACK"], seq: 100, ack: 500, text: "abc" }),
      ...[syn, standsAt, syn, standsAt],
      packet("client", { flags: ["RST"], seq: 103 }),
      packet("server", { flags: ["SYN", "ACK"], seq: 9000, ack: 51 }),
      packet("client", { flags: ["ACK"], seq: 51, ack: 9001, text: "d" }),
      packet("server", { flags: ["ACK"], seq: 9001, ack: 52 }),
    );
    const { exitCode, stdout } = await check(["c", "--at", "2001:db8::2"], { c });
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("no law is broken")]);
    expect(stdout).toContain("packets 1 to 9: every law holds\n");
    expect(stdout).toContain("packets 5 to 12: every law holds\n");
  });

  test("a simultaneous open is one", async () => {
    const packets = [
      packet("client", { flags: ["SYN"], seq: 99 }),
      packet("server", { flags: ["SYN"], seq: 499 }),
      packet("client", { flags: ["SYN", "ACK"], seq: 99, ack: 500 }),
      packet("server", { flags: ["SYN", "ACK"], seq: 499, ack: 100 }),
    ];
    const c = writePcap(packets.map((data, timeUs) => ({ timeUs, data })));
    const { stdout } = await check(["c"], { c });
    expect(stdout).toContain("packets 1 to 4: every law holds\n");
  });

  test("one that began before the capture is judged by what needs no SYN", async () => {
    const packets = [
      packet("client", { flags: ["FIN", "ACK"], seq: 103, ack: 500 }),
      packet("client", { flags: ["ACK"], seq: 104, ack: 500, text: "x" }),
      packet("server", { flags: ["ACK"], seq: 500, ack: 104 }),
    ];
    const c = writePcap(packets.map((data, timeUs) => ({ timeUs, data })));
    const { exitCode, stdout } = await check(["c"], { c });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/packets 1 to 3, began before the capture: 1 breach$/m);
  });
});

describe("a capture that is not whole", () => {
  const whole = connection(packet("client", { flags: ["ACK"], seq: 100, ack: 500, text: "x" }));

  test("is judged as far as it can be read, and then it says where it breaks", async () => {
    const run = await check(["c"], { c: whole.slice(0, -10) });
    expect(run).toMatchObject({
      exitCode: undefined,
      error: expect.stringMatching(/^c: Enhanced/),
    });
    expect(run.stdout).toMatch(/^1 connection, 3 segments: no law is broken$/m);
  });

  test("says that headers are cut off, and what keeps them", async () => {
    const { records } = readCapture(whole);
    const shortened = (octets: number) => {
      const packets = records.map(({ data, timeUs = 0 }) => {
        return { timeUs, data: data.slice(0, octets), originalLength: data.length };
      });
      return writePcapng(packets);
    };
    const [last] = [...records].reverse();
    const headers = (last?.data.length ?? 0) - 1;
    const kept = await check(["c"], { c: shortened(headers) });
    expect(kept.stdout).toMatch(/^1 connection, 4 segments: no law is broken$/m);
    const { error } = await check(["c"], { c: shortened(headers - 1) });
    expect(error).toBe(
      "c: none of its 4 packets is a TCP segment; 4 cut off before the end of the headers: give the capture a larger snaplen",
    );
    const [first] = HANDSHAKE;
    const mixed = writePcapng([
      { timeUs: 0, data: first ?? new Uint8Array() },
      { timeUs: 1, data: new Uint8Array(first ?? []).slice(0, 50), originalLength: 60 },
    ]);
    expect((await check(["c"], { c: mixed })).stdout).toMatch(
      /^1 connection, 1 segment, 1 other packet \(1 cut off before the end of the headers: give the capture a larger snaplen\): no law is broken$/m,
    );
    const { stdout } = await check(["c", "--json"], { c: mixed });
    expect(JSON.parse(stdout)).toMatchObject({ others: 1, cutOff: 1 });
  });
});

describe("what cannot be checked is one line that says what would be right", () => {
  test.each([
    [[], /^check: no file; give one pcap or pcapng file, or - for standard input$/],
    [["a", "b"], /^check: a second file "b"; give one file at a time$/],
    [
      ["no-such.pcap"],
      /^check: cannot read "no-such.pcap" \(ENOENT.*\); give a pcap or pcapng file$/,
    ],
    [["page"], /^page: file header: Magic Number at offset 0 is 0x3c68746d, but it should be/],
    [["empty"], /^empty: none of its 0 packets is a TCP segment; nothing to check$/],
    [
      ["c", "--at", "here"],
      /^check: --at "here" is no IP address; write 192\.0\.2\.1 or 2001:db8::1$/,
    ],
    [
      ["c", "--at", "192.0.2.9"],
      /^check: no TCP segment of c is of --at 192\.0\.2\.9; there are 2001:db8::1, 2001:db8::2$/,
    ],
    [["c", "--jsno"], /^check: unknown option '--jsno'; there are --at, --json, --help$/],
  ])("synfin check %j", async (args, message) => {
    const files = {
      c: connection(),
      page: new TextEncoder().encode("<html>"),
      empty: writePcap([]),
    };
    const run = await check(args, files);
    expect(run).toMatchObject({ exitCode: undefined, stdout: "" });
    expect(run.error).toMatch(message);
  });

  test("from the command line that is exit code 2", async () => {
    const { io, stderr } = (await import("../fake-io.ts")).fakeIo();
    expect(await synfin(["check"], io)).toBe(2);
    expect(stderr()).toBe(
      "synfin: check: no file; give one pcap or pcapng file, or - for standard input\n",
    );
  });
});
