import { readU8, readU16, readU32, writeU16, writeU32 } from "./bytes.ts";
import { decodeOptions } from "./decode-options.ts";
import { checkOption, optionsSize, writeOptions } from "./encode-options.ts";
import type { TcpOption } from "./option.ts";
import { firstOutOfRange } from "./range.ts";
import { type Ok, ok, type Refused, type Result, refuse, type WireError } from "./result.ts";

/** Octets of a TCP header without options. */
const TCP_HEADER_LENGTH = 20;

/** A TCP segment with every field of its header, RFC 9293 §3.1, as it stands on the wire. */
export interface TcpSegment {
  readonly srcPort: number;
  readonly dstPort: number;
  /** The raw, unsigned 32-bit sequence number. */
  readonly seq: number;
  /** The raw acknowledgment number, kept whether the ACK bit is set or not. */
  readonly ack: number;
  /** The header's length in words of 32 bits: 5 to 15. */
  readonly dataOffset: number;
  /** The four reserved bits; senders set them to zero, but they are kept whatever they are. */
  readonly reserved: number;
  /** The eight control bits, see `Flag`. */
  readonly flags: number;
  readonly window: number;
  /** As it stands in the header, right or wrong; see `tcpChecksum`. */
  readonly checksum: number;
  readonly urgentPointer: number;
  readonly options: readonly TcpOption[];
  /** The text. Decoding makes it a view of the input, not a copy. */
  readonly payload: Uint8Array;
}

/** A decoded segment, with the options of illegal length (MUST-7) reported beside it. */
export interface DecodedTcp extends Ok<TcpSegment> {
  readonly optionErrors: readonly WireError[];
}

/**
 * A segment from its octets, all of them: header, options and text.
 * `encodeTcp` gives the same octets back. Refused are `too-short`,
 * `header-length` and `header-overrun`. `base` is added to offsets in errors,
 * for segments that were found within a packet.
 */
export function decodeTcp(bytes: Uint8Array, base = 0): DecodedTcp | Refused {
  if (bytes.length < TCP_HEADER_LENGTH) {
    return refuse("too-short", "TCP header", base, bytes.length, "at least 20 octets long");
  }
  const dataOffset = readU8(bytes, 12) >>> 4;
  if (dataOffset < 5) {
    return refuse("header-length", "Data Offset", base + 12, dataOffset, "at least 5");
  }
  if (4 * dataOffset > bytes.length) {
    const most = `at most ${bytes.length >>> 2}, a quarter of the segment's ${bytes.length} octets`;
    return refuse("header-overrun", "Data Offset", base + 12, dataOffset, most);
  }
  const { options, errors } = decodeOptions(bytes, TCP_HEADER_LENGTH, 4 * dataOffset, base);
  const value: TcpSegment = {
    srcPort: readU16(bytes, 0),
    dstPort: readU16(bytes, 2),
    seq: readU32(bytes, 4),
    ack: readU32(bytes, 8),
    dataOffset,
    reserved: readU8(bytes, 12) & 0x0f,
    flags: readU8(bytes, 13),
    window: readU16(bytes, 14),
    checksum: readU16(bytes, 16),
    urgentPointer: readU16(bytes, 18),
    options,
    payload: bytes.subarray(4 * dataOffset),
  };
  return { ok: true, value, optionErrors: errors };
}

/**
 * The octets of a segment, its checksum as given. Options that do not fill
 * the header up to the data offset are followed by zeros. Refused are values
 * that their field cannot hold, and options that do not fit the data offset.
 */
export function encodeTcp(segment: TcpSegment): Result<Uint8Array> {
  const error = checkFields(segment);
  if (error !== undefined) return { ok: false, error };
  const headerLength = 4 * segment.dataOffset;
  const bytes = new Uint8Array(headerLength + segment.payload.length);
  writeU16(bytes, 0, segment.srcPort);
  writeU16(bytes, 2, segment.dstPort);
  writeU32(bytes, 4, segment.seq);
  writeU32(bytes, 8, segment.ack);
  bytes[12] = (segment.dataOffset << 4) | segment.reserved;
  bytes[13] = segment.flags;
  writeU16(bytes, 14, segment.window);
  writeU16(bytes, 16, segment.checksum);
  writeU16(bytes, 18, segment.urgentPointer);
  writeOptions(bytes, TCP_HEADER_LENGTH, segment.options);
  bytes.set(segment.payload, headerLength);
  return ok(bytes);
}

/** The data offset of a header with these options: 5, and the words that they fill. */
export function dataOffsetFor(options: readonly TcpOption[]): number {
  return 5 + Math.ceil(optionsSize(options) / 4);
}

function checkFields(segment: TcpSegment): WireError | undefined {
  const fields = firstOutOfRange([
    ["Options size", optionsSize(segment.options), 40],
    ["Source Port", segment.srcPort, 0xffff],
    ["Destination Port", segment.dstPort, 0xffff],
    ["Sequence Number", segment.seq, 0xffffffff],
    ["Acknowledgment Number", segment.ack, 0xffffffff],
    ["Data Offset", segment.dataOffset, 15, dataOffsetFor(segment.options)],
    ["Reserved", segment.reserved, 0x0f],
    ["Control Bits", segment.flags, 0xff],
    ["Window", segment.window, 0xffff],
    ["Checksum", segment.checksum, 0xffff],
    ["Urgent Pointer", segment.urgentPointer, 0xffff],
  ]);
  if (fields !== undefined) return fields;
  for (const option of segment.options) {
    const error = checkOption(option);
    if (error !== undefined) return error;
  }
  return undefined;
}
