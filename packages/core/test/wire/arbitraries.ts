import fc from "fast-check";
import {
  dataOffsetFor,
  type Ipv4Packet,
  type Ipv6Packet,
  PROTOCOL_TCP,
  type TcpOption,
  type TcpSegment,
} from "../../src/wire/index.ts";

const u8 = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffffffff });

function octets(minLength: number, maxLength: number): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength, maxLength });
}

/** A kind that has no meaning to the codec. */
const unknownKind = u8.filter((kind) => ![0, 1, 2, 3, 4, 5, 8, 28].includes(kind));

/** Any option that the codec knows by name, and those that it does not. */
const option: fc.Arbitrary<TcpOption> = fc.oneof(
  fc.constant<TcpOption>({ name: "nop" }),
  fc.record({ name: fc.constant("mss" as const), value: u16 }),
  fc.record({ name: fc.constant("window-scale" as const), shift: u8 }),
  fc.constant<TcpOption>({ name: "sack-permitted" }),
  fc.record({
    name: fc.constant("sack" as const),
    blocks: fc.array(fc.record({ left: u32, right: u32 }), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ name: fc.constant("timestamps" as const), value: u32, echoReply: u32 }),
  fc.record({
    name: fc.constant("user-timeout" as const),
    unit: fc.constantFrom("seconds" as const, "minutes" as const),
    timeout: fc.integer({ min: 0, max: 0x7fff }),
  }),
  fc.record({ name: fc.constant("unknown" as const), kind: unknownKind, data: octets(0, 12) }),
);

/** Options that fit a header, the words filled up with an EOL and its padding. */
const optionList: fc.Arbitrary<readonly TcpOption[]> = fc
  .tuple(fc.array(option, { maxLength: 6 }), octets(39, 39), fc.boolean())
  .map(([some, padding, longer]) => {
    const fitting = some.filter((_, index) => dataOffsetFor(some.slice(0, index + 1)) <= 15);
    const words = Math.min(10, dataOffsetFor(fitting) - 5 + (longer ? 1 : 0));
    const room = 4 * words - sizeOf(fitting);
    return room === 0
      ? fitting
      : [...fitting, { name: "eol", padding: padding.subarray(0, room - 1) }];
  });

function sizeOf(options: readonly TcpOption[]): number {
  // Padding with NOPs shows how many octets are missing to the next word.
  let missing = 0;
  const nop = { name: "nop" } as const;
  const words = dataOffsetFor(options);
  while (dataOffsetFor([...options, ...new Array(missing + 1).fill(nop)]) === words) missing++;
  return 4 * (words - 5) - missing;
}

/** A segment in which every field may hold whatever fits it. */
export const tcpSegment: fc.Arbitrary<TcpSegment> = optionList.chain((options) =>
  fc.record({
    srcPort: u16,
    dstPort: u16,
    seq: u32,
    ack: u32,
    dataOffset: fc.constant(dataOffsetFor(options)),
    reserved: fc.integer({ min: 0, max: 15 }),
    flags: u8,
    window: u16,
    checksum: u16,
    urgentPointer: u16,
    options: fc.constant(options),
    payload: octets(0, 50),
  }),
);

/** IPv4 around some payload, with options and a trailer. */
export function ipv4Around(payload: Uint8Array): fc.Arbitrary<Ipv4Packet> {
  const words = fc.integer({ min: 0, max: 10 });
  return words.chain((optionWords) =>
    fc.record({
      version: fc.constant(4 as const),
      ihl: fc.constant(5 + optionWords),
      trafficClass: u8,
      totalLength: fc.constant(20 + 4 * optionWords + payload.length),
      identification: u16,
      // The reserved flag and DF, never a fragment.
      flags: fc.constantFrom(0, 2, 4, 6),
      fragmentOffset: fc.constant(0),
      hopLimit: u8,
      protocol: fc.constant(PROTOCOL_TCP),
      headerChecksum: u16,
      src: octets(4, 4),
      dst: octets(4, 4),
      options: octets(4 * optionWords, 4 * optionWords),
      payload: fc.constant(payload),
      trailer: octets(0, 8),
    }),
  );
}

/** IPv6 around some payload, with destination and hop-by-hop options and a trailer. */
export function ipv6Around(payload: Uint8Array): fc.Arbitrary<Ipv6Packet> {
  return fc.array(extension, { maxLength: 3 }).chain((bare) => {
    const extensions = bare.map(({ protocol, bytes }, index) => {
      const linked = bytes.slice();
      linked[0] = bare[index + 1]?.protocol ?? PROTOCOL_TCP;
      return { protocol, bytes: linked };
    });
    const length = extensions.reduce((sum, { bytes }) => sum + bytes.length, payload.length);
    return fc.record({
      version: fc.constant(6 as const),
      trafficClass: u8,
      flowLabel: fc.integer({ min: 0, max: 0xfffff }),
      payloadLength: fc.constant(length),
      nextHeader: fc.constant(extensions[0]?.protocol ?? PROTOCOL_TCP),
      hopLimit: u8,
      src: octets(16, 16),
      dst: octets(16, 16),
      extensions: fc.constant(extensions),
      protocol: fc.constant(PROTOCOL_TCP),
      payload: fc.constant(payload),
      trailer: octets(0, 8),
    });
  });
}

/** An extension header whose next-header octet is still to be set. */
const extension = fc
  .tuple(fc.constantFrom(0, 43, 60, 135), fc.integer({ min: 0, max: 3 }))
  .chain(([protocol, units]) =>
    octets(8 * units + 8, 8 * units + 8).map((bytes) => {
      bytes[1] = units;
      return { protocol, bytes };
    }),
  );
