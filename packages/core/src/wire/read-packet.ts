import { addSack, clearOptions, createSegment, type Segment } from "../tcp/segment.ts";
import { readI32, readU8, readU16 } from "./bytes.ts";
import { PROTOCOL_TCP } from "./checksum.ts";
import { isLegalLength, optionLength } from "./decode-options.ts";
import { EXTENSION_FRAGMENT, extensionLength, isExtension } from "./ip-extension.ts";
import { OptionKind } from "./option.ts";
import { DECODE_ERROR_KINDS, type DecodeErrorKind } from "./result.ts";

/**
 * What `readPacket` fills in: the machine's segment, and what the host that
 * owns the connection needs beside it. Numbers only, made once and re-used.
 */
export interface PacketFields extends Segment {
  srcPort: number;
  dstPort: number;
  /** 4 or 6. */
  version: number;
  /** Where the source address starts; the destination address follows it. */
  addressAt: number;
  /** Where the TCP header starts. */
  tcpAt: number;
  /** Where the text starts. It has `length` octets. */
  payloadAt: number;
  /** Where an option of illegal length starts (MUST-7), or 0. */
  badOptionAt: number;
  /** The four reserved bits. */
  reserved: number;
  /** The TCP checksum as it stands in the header. */
  checksum: number;
}

/** Fields with every number at zero, to be filled in. */
export function createPacketFields(): PacketFields {
  const own = { srcPort: 0, dstPort: 0, version: 0, addressAt: 0, tcpAt: 0, payloadAt: 0 };
  return { ...createSegment(), ...own, badOptionAt: 0, reserved: 0, checksum: 0 };
}

/** What `readPacket` returns for this kind of error: 1 for the first of `DECODE_ERROR_KINDS`. */
export function errorCode(kind: DecodeErrorKind): number {
  return 1 + DECODE_ERROR_KINDS.indexOf(kind);
}

const TOO_SHORT = errorCode("too-short");
const VERSION = errorCode("version");
const HEADER_LENGTH = errorCode("header-length");
const HEADER_OVERRUN = errorCode("header-overrun");
const TOTAL_LENGTH = errorCode("total-length");
const TRUNCATED = errorCode("truncated");
const NOT_TCP = errorCode("not-tcp");
const FRAGMENT = errorCode("fragment");

/**
 * Reads the IP packet that lies between `start` and `end` of `bytes` into
 * `into`, and allocates nothing. Returns 0, or the error's code (then `into`
 * holds no meaning). It accepts and refuses what `decodePacket` does, for the
 * same reasons. Checksums are not checked: `checksumOk` does that.
 */
export function readPacket(
  bytes: Uint8Array,
  start: number,
  end: number,
  into: PacketFields,
): number {
  if (end <= start) return TOO_SHORT;
  const version = readU8(bytes, start) >>> 4;
  into.version = version;
  if (version === 4) return readIpv4(bytes, start, end, into);
  if (version === 6) return readIpv6(bytes, start, end, into);
  return VERSION;
}

function readIpv4(bytes: Uint8Array, start: number, end: number, into: PacketFields): number {
  if (end - start < 20) return TOO_SHORT;
  const headerLength = 4 * (readU8(bytes, start) & 0x0f);
  if (headerLength < 20) return HEADER_LENGTH;
  if (headerLength > end - start) return HEADER_OVERRUN;
  const total = readU16(bytes, start + 2);
  if (total < headerLength) return TOTAL_LENGTH;
  if (total > end - start) return TRUNCATED;
  if (readU8(bytes, start + 9) !== PROTOCOL_TCP) return NOT_TCP;
  // More fragments, or an offset: everything but the reserved bit and DF.
  if ((readU16(bytes, start + 6) & 0x3fff) !== 0) return FRAGMENT;
  into.addressAt = start + 12;
  return readTcp(bytes, start + headerLength, start + total, into);
}

function readIpv6(bytes: Uint8Array, start: number, end: number, into: PacketFields): number {
  if (end - start < 40) return TOO_SHORT;
  const last = start + 40 + readU16(bytes, start + 4);
  if (last > end) return TRUNCATED;
  let protocol = readU8(bytes, start + 6);
  let at = start + 40;
  let fragment = false;
  let later = false;
  while (isExtension(protocol) && !later) {
    if (at + 8 > last) return TOO_SHORT;
    const length = extensionLength(bytes, at, protocol);
    if (at + length > last) return HEADER_OVERRUN;
    if (protocol === EXTENSION_FRAGMENT) {
      const word = readU16(bytes, at + 2);
      fragment ||= (word & 0xfff9) !== 0;
      later = word >>> 3 !== 0;
    }
    protocol = readU8(bytes, at);
    at += length;
  }
  if (protocol !== PROTOCOL_TCP) return NOT_TCP;
  if (fragment) return FRAGMENT;
  into.addressAt = start + 8;
  return readTcp(bytes, at, last, into);
}

function readTcp(bytes: Uint8Array, at: number, end: number, into: PacketFields): number {
  if (end - at < 20) return TOO_SHORT;
  const word = readU16(bytes, at + 12);
  const headerLength = 4 * (word >>> 12);
  if (headerLength < 20) return HEADER_LENGTH;
  if (headerLength > end - at) return HEADER_OVERRUN;
  into.tcpAt = at;
  into.srcPort = readU16(bytes, at);
  into.dstPort = readU16(bytes, at + 2);
  into.seq = readI32(bytes, at + 4) >>> 0;
  into.ack = readI32(bytes, at + 8) >>> 0;
  into.reserved = (word >>> 8) & 0x0f;
  into.flags = word & 0xff;
  into.window = readU16(bytes, at + 14);
  into.checksum = readU16(bytes, at + 16);
  into.urgentPointer = readU16(bytes, at + 18);
  into.payloadAt = at + headerLength;
  into.length = end - at - headerLength;
  clearOptions(into);
  into.badOptionAt = 0;
  if (headerLength > 20) readOptions(bytes, at + 20, at + headerLength, into);
  return 0;
}

/** NOP, NOP, timestamps and their length, as one word. */
const ALIGNED_TIMESTAMPS = 0x0101080a;

/**
 * The options, the most frequent arrangement first: timestamps alone, laid out
 * as RFC 7323 Appendix A recommends. It needs no walk, and no check of lengths.
 */
function readOptions(bytes: Uint8Array, start: number, end: number, into: PacketFields): void {
  const aligned = end - start === 12 && readI32(bytes, start) === ALIGNED_TIMESTAMPS;
  if (aligned) readTimestamps(bytes, start + 4, into);
  else walkOptions(bytes, start, end, into);
}

/** Of several options of one kind the last one counts. */
function walkOptions(bytes: Uint8Array, start: number, end: number, into: PacketFields): void {
  let at = start;
  while (at < end) {
    const kind = readU8(bytes, at);
    if (kind === OptionKind.NOP) {
      at += 1;
      continue;
    }
    if (kind === OptionKind.EOL) return;
    const length = optionLength(bytes, at, end);
    const legal = length !== 0 && isLegalLength(kind, length);
    if (!legal && into.badOptionAt === 0) {
      into.badOptionAt = at;
      into.badOption = 1;
    }
    if (length === 0) return;
    if (legal) readOption(bytes, at, kind, length, into);
    at += length;
  }
}

function readOption(
  bytes: Uint8Array,
  at: number,
  kind: number,
  length: number,
  into: PacketFields,
): void {
  switch (kind) {
    case OptionKind.TIMESTAMPS:
      readTimestamps(bytes, at + 2, into);
      break;
    case OptionKind.SACK:
      readSack(bytes, at + 2, at + length, into);
      break;
    case OptionKind.MSS:
      into.mss = readU16(bytes, at + 2);
      break;
    case OptionKind.WINDOW_SCALE:
      into.windowScale = readU8(bytes, at + 2);
      break;
    case OptionKind.SACK_PERMITTED:
      into.sackPermitted = 1;
      break;
    case OptionKind.USER_TIMEOUT:
      into.userTimeout = readU16(bytes, at + 2);
      break;
  }
}

function readTimestamps(bytes: Uint8Array, at: number, into: PacketFields): void {
  into.hasTimestamps = 1;
  into.tsVal = readI32(bytes, at) >>> 0;
  into.tsEcr = readI32(bytes, at + 4) >>> 0;
}

function readSack(bytes: Uint8Array, start: number, end: number, into: PacketFields): void {
  into.sackCount = 0;
  for (let at = start; at < end; at += 8) {
    const left = readI32(bytes, at) >>> 0;
    const right = readI32(bytes, at + 4) >>> 0;
    addSack(into, left, right);
  }
}
