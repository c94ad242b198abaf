import { dataOffsetFor, type TcpOption, type TcpSegment } from "@synfin/core/wire";
import fc from "fast-check";
import { isn } from "./isn.ts";

const u8 = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });

/** Kinds with a meaning of their own; the others come back as `unknown`. */
const KNOWN_KINDS: readonly number[] = [0, 1, 2, 3, 4, 5, 8, 28];
const MOST_WORDS = 15;
const NOP: TcpOption = { name: "nop" };

function octets(minLength: number, maxLength: number): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength, maxLength });
}

const option: fc.Arbitrary<TcpOption> = fc.oneof(
  fc.constant(NOP),
  u16.map((value) => ({ name: "mss" as const, value })),
  u8.map((shift) => ({ name: "window-scale" as const, shift })),
  fc.constant<TcpOption>({ name: "sack-permitted" }),
  fc.array(fc.tuple(u32, u32), { minLength: 1, maxLength: 4 }).map((blocks) => ({
    name: "sack" as const,
    blocks: blocks.map(([left, right]) => ({ left, right })),
  })),
  fc
    .tuple(u32, u32)
    .map(([value, echoReply]) => ({ name: "timestamps" as const, value, echoReply })),
  fc
    .tuple(fc.constantFrom("seconds" as const, "minutes" as const), fc.nat({ max: 0x7fff }))
    .map(([unit, timeout]) => ({ name: "user-timeout" as const, unit, timeout })),
  fc
    .tuple(
      u8.filter((kind) => !KNOWN_KINDS.includes(kind)),
      octets(0, 12),
    )
    .map(([kind, data]) => ({ name: "unknown" as const, kind, data })),
);

/** As many options as fit a header, filled up to whole words with NOPs or an EOL and padding. */
const options: fc.Arbitrary<readonly TcpOption[]> = fc
  .tuple(fc.array(option, { maxLength: 6 }), fc.boolean(), octets(3, 3))
  .map(([drawn, nops, padding]) => {
    const fitting = drawn.filter((_, index) => {
      return dataOffsetFor(drawn.slice(0, index + 1)) <= MOST_WORDS;
    });
    const missing = octetsMissing(fitting);
    if (missing === 0) return fitting;
    if (nops) return [...fitting, ...new Array<TcpOption>(missing).fill(NOP)];
    return [...fitting, { name: "eol", padding: padding.subarray(0, missing - 1) }];
  });

/** How many octets the options are short of whole words. */
function octetsMissing(list: readonly TcpOption[]): number {
  const words = dataOffsetFor(list);
  const fits = (nops: number) => {
    return dataOffsetFor([...list, ...new Array<TcpOption>(nops).fill(NOP)]) === words;
  };
  return [3, 2, 1].find(fits) ?? 0;
}

/** A segment whose every field may hold whatever fits it: all flags, reserved bits, any options. */
export const tcpSegment: fc.Arbitrary<TcpSegment> = options.chain((list) =>
  fc.record(
    {
      srcPort: u16,
      dstPort: u16,
      seq: isn,
      ack: isn,
      dataOffset: fc.constant(dataOffsetFor(list)),
      reserved: fc.integer({ min: 0, max: 15 }),
      flags: u8,
      window: u16,
      checksum: u16,
      urgentPointer: u16,
      options: fc.constant(list),
      payload: octets(0, 50),
    },
    { noNullPrototype: true },
  ),
);
