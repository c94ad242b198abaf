import {
  dataOffsetFor,
  encodeIp,
  encodeTcp,
  parseAddress,
  type TcpOption,
  type TcpSegment,
  tcpChecksum,
} from "@synfin/core/wire";

function unwrap<T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const SRC = unwrap(parseAddress("2001:db8::1"));
const DST = unwrap(parseAddress("2001:db8::2"));
const NOTHING = new Uint8Array(0);

/** An IPv6 packet around a segment with these fields, its checksum right unless one is given. */
export function packetWith(change: Partial<TcpSegment>): Uint8Array {
  const options = change.options ?? [];
  const segment: TcpSegment = {
    srcPort: 49152,
    dstPort: 20001,
    seq: 0xfffffff0,
    ack: 0x80000000,
    dataOffset: dataOffsetFor(options),
    reserved: 0,
    flags: 0x10,
    window: 512,
    checksum: 0,
    urgentPointer: 0,
    payload: NOTHING,
    ...change,
    options,
  };
  const bytes = unwrap(encodeTcp(segment));
  const checksum = change.checksum ?? tcpChecksum(SRC, DST, bytes);
  const payload = unwrap(encodeTcp({ ...segment, checksum }));
  const ends = { src: SRC, dst: DST, trailer: NOTHING, payload, payloadLength: payload.length };
  const header = { version: 6, trafficClass: 0, flowLabel: 0, hopLimit: 64 } as const;
  return unwrap(encodeIp({ ...header, ...ends, nextHeader: 6, protocol: 6, extensions: [] }));
}

/** Options that Linux hardly ever sends, and some that nobody should. */
const OPTION_LISTS: readonly (readonly TcpOption[])[] = [
  [{ name: "sack", blocks: [{ left: 0xfffffff8, right: 8 }] }, { name: "nop" }, { name: "nop" }],
  [{ name: "user-timeout", unit: "minutes", timeout: 5 }],
  [{ name: "unknown", kind: 253, data: Uint8Array.of(0xf9, 0x89, 1, 2, 3, 4) }],
  [
    { name: "window-scale", shift: 15 },
    { name: "eol", padding: NOTHING },
  ],
];

/** Segments as they stand on few wires: each is right in its own odd way, or wrong. */
export const ODD_PACKETS: readonly Uint8Array[] = [
  packetWith({ flags: 0xff, reserved: 0 }),
  packetWith({ flags: 0 }),
  packetWith({ flags: 0x12, reserved: 0xf }),
  packetWith({ flags: 0x30, urgentPointer: 7, payload: Uint8Array.of(1, 2, 3) }),
  packetWith({ checksum: 0x1234, payload: Uint8Array.of(9) }),
  packetWith({ seq: 0, ack: 0xffffffff, window: 65535 }),
  ...OPTION_LISTS.map((options) => packetWith({ options })),
];
