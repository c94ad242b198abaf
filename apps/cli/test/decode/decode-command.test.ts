import { readFileSync } from "node:fs";
import { writePcap, writePcapng } from "@synfin/capture";
import { describe, expect, test } from "vitest";
import { packetWith } from "./odd-packets.ts";
import { decode, fixture, lines } from "./run.ts";

const REAL = fixture("linux-connections.pcapng");

/** A capture of these IP packets, a millisecond apart. */
function captureOf(...packets: readonly Uint8Array[]): Uint8Array {
  return writePcapng(packets.map((data, index) => ({ timeUs: 1_000_000 + 1000 * index, data })));
}

describe("synfin decode FILE", () => {
  test("a line for each frame of a real capture, in columns", async () => {
    const run = await decode([REAL]);
    expect(run.exitCode).toBe(0);
    await expect(run.stdout).toMatchFileSnapshot("./linux-connections.txt");
    expect(run.stderr).toBe(
      "152 TCP segments, 0 with a bad checksum, 9 other frames, 0 broken frames\n",
    );
  });

  test("every way in which a segment can be odd is said at its line", async () => {
    const ipv4 = Uint8Array.from([
      ...[0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, 0xbe, 0xef, 192, 0, 2, 1, 192, 0, 2, 2],
      ...[0, 1, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0x50, 0x11, 0, 5, 0xab, 0xcd, 0, 0],
    ]);
    const options = [{ name: "malformed", bytes: Uint8Array.of(2, 0, 5, 0xb4) }] as const;
    const file = captureOf(
      packetWith({ flags: 0x32, urgentPointer: 9, reserved: 3 }),
      packetWith({ options }),
      packetWith({ checksum: 1, flags: 0 }),
      ipv4,
    );
    const run = await decode(["odd"], { odd: file });
    expect(lines(run.stdout)).toEqual([
      "1  0.000000  [2001:db8::1]:49152 > [2001:db8::2]:20001  SYN,URG,ACK  seq 4294967280  ack 2147483648  win 512  len 0  ok                  urgent pointer 9, reserved bits 3",
      "2  0.001000  [2001:db8::1]:49152 > [2001:db8::2]:20001  ACK          seq 4294967280  ack 2147483648  win 512  len 0  ok                  malformed 020005b4, MUST-7: Kind 2 Length at offset 61 is 0, but it should be 4 and no more than the 4 octets left of the options",
      "3  0.002000  [2001:db8::1]:49152 > [2001:db8::2]:20001  no flags     seq 4294967280  ack 2147483648  win 512  len 0  BAD SUM",
      "4  0.003000  192.0.2.1:1 > 192.0.2.2:2                  FIN,ACK      seq 3           ack 4           win 5    len 0  BAD IP AND TCP SUM",
    ]);
    expect(run.stderr).toContain("4 TCP segments, 2 with a bad checksum");
  });

  test("what is no TCP segment is never dropped", async () => {
    const udp = packetWith({});
    udp[6] = 17;
    const broken = packetWith({});
    broken[40 + 12] = 0x40;
    const run = await decode(["mixed"], { mixed: captureOf(udp, broken, Uint8Array.of(0x50)) });
    expect(lines(run.stdout)).toEqual([
      "1  0.000000  skipped: UDP",
      "2  0.001000  error: Data Offset at offset 52 is 4, but it should be at least 5",
      "3  0.002000  error: Version at offset 0 is 5, but it should be 4 or 6",
    ]);
    expect(run.stderr).toBe(
      "0 TCP segments, 0 with a bad checksum, 1 other frames, 2 broken frames\n",
    );
    expect(run.exitCode).toBe(0);
  });

  test("- is standard input", async () => {
    const stdin = readFileSync(REAL);
    const run = await decode(["-"], { "/dev/stdin": stdin });
    expect(run.stdout).toBe((await decode([REAL])).stdout);
  });

  test("a capture of nothing has no lines", async () => {
    const run = await decode(["empty"], { empty: writePcap([]) });
    expect(run).toMatchObject({ exitCode: 0, stdout: "" });
  });
});

describe("synfin decode FILE --json", () => {
  test("a line of JSON for each segment, with raw numbers and names", async () => {
    const options = [
      { name: "mss", value: 1440 },
      { name: "unknown", kind: 253, data: Uint8Array.of(0xf9, 0x89) },
    ] as const;
    const file = captureOf(packetWith({ flags: 0x12, options, payload: new Uint8Array(3) }));
    const run = await decode(["one", "--json"], { one: file });
    expect(JSON.parse(run.stdout)).toEqual({
      frame: 1,
      timeUs: 1_000_000,
      src: "2001:db8::1",
      dst: "2001:db8::2",
      srcPort: 49152,
      dstPort: 20001,
      seq: 4294967280,
      ack: 2147483648,
      flags: ["SYN", "ACK"],
      window: 512,
      urgentPointer: 0,
      checksumOk: true,
      ipChecksumOk: true,
      options: [
        { name: "mss", value: 1440 },
        { name: "unknown", kind: 253, data: "f989" },
      ],
      payloadLength: 3,
    });
  });

  test("reserved bits and options of illegal length are there where they occur", async () => {
    const options = [{ name: "malformed", bytes: Uint8Array.of(3, 9, 0, 0) }] as const;
    const file = captureOf(packetWith({ options, reserved: 5 }));
    const run = await decode(["--json", "one"], { one: file });
    expect(JSON.parse(run.stdout)).toMatchObject({
      reserved: 5,
      options: [{ name: "malformed", bytes: "03090000" }],
      optionErrors: [{ kind: "option-length", offset: 61, value: 9 }],
    });
  });

  test("other frames say what they are", async () => {
    const file = captureOf(Uint8Array.of(0x50));
    const arp = writePcapng([{ timeUs: 5, data: arpFrame() }], { linkType: 1 });
    expect(JSON.parse((await decode(["f", "--json"], { f: arp })).stdout)).toEqual({
      frame: 1,
      timeUs: 5,
      skipped: "ARP",
    });
    expect(JSON.parse((await decode(["f", "--json"], { f: file })).stdout)).toMatchObject({
      frame: 1,
      error: { kind: "version", field: "Version", offset: 0, value: 5 },
    });
  });

  test("every line of a real capture is JSON, and all frames are there", async () => {
    const run = await decode([REAL, "--json"]);
    const frames = lines(run.stdout).map((line) => (JSON.parse(line) as { frame: number }).frame);
    expect(frames).toEqual(Array.from({ length: 161 }, (_, index) => index + 1));
  });
});

function arpFrame(): Uint8Array {
  const frame = new Uint8Array(42);
  frame.set([8, 6], 12);
  return frame;
}

describe("what cannot be decoded is one line that says what would be right", () => {
  test("a file that is not there", async () => {
    const run = await decode(["no-such-file.pcapng"]);
    expect(run).toMatchObject({ exitCode: undefined, stdout: "", stderr: "" });
    expect(run.error).toMatch(/^decode: cannot read "no-such-file.pcapng" \(ENOENT.*pcapng file$/);
  });

  test("a file that is no capture", async () => {
    const run = await decode(["page"], { page: new TextEncoder().encode("<html>") });
    expect(run.error).toBe(
      "page: file header: Magic Number at offset 0 is 0x3c68746d, but it should be that of a pcap or pcapng file (0xa1b2c3d4, 0xa1b23c4d or 0x0a0d0d0a)",
    );
  });

  test("a capture that is cut off: what is there is decoded first", async () => {
    const whole = readFileSync(REAL);
    const run = await decode(["cut"], { cut: whole.subarray(0, 2000) });
    expect(lines(run.stdout).length).toBeGreaterThan(5);
    // The error is the one line on stderr: no summary beside it.
    expect(run.stderr).toBe("");
    expect(run.error).toMatch(/^cut: Enhanced Packet Block: Block Total Length at offset \d+ is /);
    expect(run.error).not.toContain("\n");
  });

  const usage = [
    [[], "decode: no file; give one pcap or pcapng file, or - for standard input"],
    [["a", "b"], 'decode: a second file "b"; give one file at a time'],
    [["--jsno", "a"], "decode: unknown option '--jsno'; there are --json, --help"],
  ] as const;
  for (const [args, message] of usage) {
    test(`synfin decode ${args.join(" ")}`, async () => {
      expect(await decode(args)).toMatchObject({ exitCode: undefined, error: message });
    });
  }

  test("--help says everything, and is no error", async () => {
    const run = await decode(["--help"]);
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    expect(run.stdout).toMatch(/^usage: synfin decode FILE \[--json\]\n/);
  });
});
