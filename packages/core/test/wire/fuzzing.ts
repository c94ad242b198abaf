import { createSegment, Flag } from "../../src/tcp/index.ts";
import {
  buildPacket,
  DECODE_ERROR_KINDS,
  dataOffsetFor,
  decodeIp,
  decodeTcp,
  encodeIp,
  encodeTcp,
  type TcpOption,
  type WireError,
} from "../../src/wire/index.ts";
import { hex, sameBytes, toHex, unwrap } from "./hex.ts";
import { mutate } from "./mutate.ts";
import { Random } from "./random.ts";
import { expectSameReading } from "./reading.ts";

/** How often each thing was seen. */
export class Tally {
  readonly counts = new Map<string, number>();

  add(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** Which of these was seen less than so many times. */
  rarer(least: number, whats: readonly string[]): string[] {
    return whats.filter((what) => (this.counts.get(what) ?? 0) < least);
  }

  toString(): string {
    const sorted = [...this.counts].sort(([a], [b]) => (a < b ? -1 : 1));
    return sorted.map(([what, count]) => `${what} ${count}`).join(", ");
  }
}

export interface Job {
  readonly count: number;
  readonly seed: number;
  /** The command that runs it again. */
  readonly replay: string;
}

/** A fresh seed, or that of `SYNFIN_FUZZ_SEED`. */
export function fuzzJob(count: number, command: string): Job {
  const seed = Number(process.env["SYNFIN_FUZZ_SEED"] ?? Math.floor(Math.random() * 2 ** 32));
  return { count, seed, replay: `SYNFIN_FUZZ_SEED=${seed} ${command}` };
}

/**
 * Each random string is refused with an error that names its place, or accepted and re-emitted
 * to the very same octets; one that is not throws, and says how to have it again.
 */
export function fuzzStrings(job: Job): Tally {
  return fuzz(job, new Random(job.seed), (random) => random.bytes(random.below(120)));
}

/** The same of whole packets in which something has changed. */
export function fuzzPackets(job: Job): Tally {
  const originals = packets();
  return fuzz(job, new Random(job.seed ^ 0x5eed), (random) =>
    mutate(originals[random.below(originals.length)] ?? hex(""), random),
  );
}

/** What random strings have hardly shown: without help, few are a whole packet. */
export function rareAmongStrings(tally: Tally, { count }: Job): string[] {
  // Five in eight data offsets fit their string, more or less.
  const often = ["segment accepted", "segment refused"];
  const kinds = ["version", "too-short", "truncated", "option-length"];
  return [...tally.rarer(count / 10, often), ...tally.rarer(1, kinds)];
}

/** What mutated packets have hardly shown. */
export function rareAmongPackets(tally: Tally, { count }: Job): string[] {
  const often = ["packet accepted", "packet refused"];
  return [...tally.rarer(count / 10, often), ...tally.rarer(count / 10_000, DECODE_ERROR_KINDS)];
}

function fuzz({ count, replay }: Job, random: Random, make: (random: Random) => Uint8Array): Tally {
  const tally = new Tally();
  for (let run = 0; run < count; run++) {
    const bytes = make(random);
    try {
      check(bytes, tally);
    } catch (error) {
      throw new Error(`input ${run}: ${toHex(bytes)}\nreplay: ${replay}`, { cause: error });
    }
  }
  return tally;
}

/** One input through every way into the decoder. */
function check(bytes: Uint8Array, tally: Tally): void {
  checkSegment(bytes, tally);
  checkIp(bytes);
  const packet = expectSameReading(bytes);
  tally.add(packet.ok ? "packet accepted" : "packet refused");
  for (const error of packet.ok ? packet.optionErrors : [packet.error]) {
    checkError(error, bytes, tally);
  }
  if (packet.ok && !sameBytes(unwrap(encodeTcp(packet.value.tcp)), packet.value.ip.payload)) {
    throw new Error("the packet's segment is not re-emitted to the same octets");
  }
}

function checkSegment(bytes: Uint8Array, tally: Tally): void {
  const segment = decodeTcp(bytes);
  tally.add(segment.ok ? "segment accepted" : "segment refused");
  for (const error of segment.ok ? segment.optionErrors : [segment.error]) {
    checkError(error, bytes, tally);
  }
  if (segment.ok && !sameBytes(unwrap(encodeTcp(segment.value)), bytes)) {
    throw new Error("the segment is not re-emitted to the same octets");
  }
}

/** With and without leave to be cut off. */
function checkIp(bytes: Uint8Array): void {
  const strict = decodeIp(bytes);
  const lenient = decodeIp(bytes, { truncated: true });
  if (strict.ok && !lenient.ok) throw new Error("more leave, and less accepted");
  if (!strict.ok && strict.error.kind !== "truncated" && lenient.ok) {
    throw new Error(`${strict.error.kind} is no truncation`);
  }
  for (const packet of [strict, lenient]) {
    if (packet.ok && !sameBytes(unwrap(encodeIp(packet.value)), bytes)) {
      throw new Error("the packet is not re-emitted to the same octets");
    }
  }
}

/** An error names a field, a place within the input, and the value that stood there. */
function checkError(error: WireError, bytes: Uint8Array, tally: Tally): void {
  const inside = error.offset >= 0 && error.offset <= bytes.length;
  const named = error.field !== "" && error.message.includes(String(error.value));
  if (!inside || !named || !error.message.includes("should be")) {
    throw new Error(`a poor error: ${JSON.stringify(error)}`);
  }
  tally.add(error.kind);
}

/** Whole packets of every shape, for mutation. */
function packets(): Uint8Array[] {
  const v4 = { src: hex("c0000201"), dst: hex("c0000202") };
  const v6 = {
    src: hex("20010db8000000000000000000000001"),
    dst: hex("20010db8000000000000000000000002"),
  };
  const syn = { ...createSegment(), seq: 1, flags: Flag.SYN, window: 65535, mss: 1460 };
  const data = { ...createSegment(), seq: 2, ack: 1, flags: Flag.ACK | Flag.PSH, length: 7 };
  const built = [v4, v6].flatMap((ends) =>
    [syn, data].map((segment) => buildPacket({ ...ends, srcPort: 1025, dstPort: 80, segment })),
  );
  const rich = OPTION_LISTS.flatMap((options) => [
    around("4500 0000 0001 4000 4006 0000 c0000201 c0000202", options, ""),
    around("47e0 0000 0001 4000 4006 0000 c0000201 c0000202 9404000001010100", options, "0000"),
    around(`60000000 0000 0640${ADDRESSES6}`, options, ""),
    around(
      `60000000 0000 0040${ADDRESSES6} 3c00010400000000 2c00010400000000 ${FRAGMENT}`,
      options,
      "",
    ),
  ]);
  return [...built, ...rich];
}

const ADDRESSES6 = "20010db8000000000000000000000001 20010db8000000000000000000000002";
const FRAGMENT = "0600 0000 00000001";

const OPTION_LISTS: readonly (readonly TcpOption[])[] = [
  [
    { name: "mss", value: 1460 },
    { name: "sack-permitted" },
    { name: "timestamps", value: 1, echoReply: 0 },
    { name: "nop" },
    { name: "window-scale", shift: 7 },
  ],
  [
    { name: "nop" },
    { name: "nop" },
    { name: "sack", blocks: [1, 2, 3].map((left) => ({ left, right: left + 10 })) },
  ],
  [
    { name: "user-timeout", unit: "minutes", timeout: 5 },
    { name: "unknown", kind: 253, data: hex("f98900") },
    { name: "eol", padding: hex("0000") },
  ],
];

/** The packet of this IP header, its length field set, these options and a little text. */
function around(header: string, options: readonly TcpOption[], trailer: string): Uint8Array {
  const fields = { srcPort: 1025, dstPort: 80, seq: 7, ack: 9, window: 512, urgentPointer: 0 };
  const dataOffset = dataOffsetFor(options);
  const raw = { ...fields, dataOffset, reserved: 0, flags: Flag.ACK, checksum: 0 };
  const segment = unwrap(encodeTcp({ ...raw, options, payload: hex("68656c6c6f") }));
  const packet = new Uint8Array([...hex(header), ...segment, ...hex(trailer)]);
  const v4 = (packet[0] ?? 0) >>> 4 === 4;
  const announced = packet.length - hex(trailer).length - (v4 ? 0 : 40);
  packet[v4 ? 3 : 5] = announced;
  return packet;
}
