import { readU8, readU16, readU32 } from "./bytes.ts";
import { EXTENSION_FRAGMENT, extensionLength, isExtension } from "./ip-extension.ts";
import type { IpPacket, Ipv4Packet, Ipv6Extension, Ipv6Packet } from "./ip-packet.ts";
import { ok, type Refused, type Result, refuse } from "./result.ts";

/** Octets of an IPv4 header without options. */
export const IPV4_HEADER_LENGTH = 20;
/** Octets of IPv6's fixed header. */
export const IPV6_HEADER_LENGTH = 40;

/** How `decodeIp` takes what a capture cut off. */
export interface DecodeIpOptions {
  /**
   * Accept a packet of which fewer octets are there than its header announces,
   * as captures with a snapshot length hold them. The payload is then short;
   * the length fields say what it was.
   */
  readonly truncated?: boolean;
}

/**
 * An IP packet from its octets; what lies behind its end becomes the trailer,
 * and `encodeIp` gives the same octets back. Refused are `too-short`,
 * `version`, `header-length`, `header-overrun`, `total-length` and `truncated`.
 */
export function decodeIp(bytes: Uint8Array, options: DecodeIpOptions = {}): Result<IpPacket> {
  if (bytes.length === 0) {
    return refuse("too-short", "IP header", 0, 0, "at least 20 octets long");
  }
  const version = readU8(bytes, 0) >>> 4;
  if (version === 4) return decodeIpv4(bytes, options.truncated === true);
  if (version === 6) return decodeIpv6(bytes, options.truncated === true);
  return refuse("version", "Version", 0, version, "4 or 6");
}

function decodeIpv4(bytes: Uint8Array, mayBeTruncated: boolean): Result<Ipv4Packet> {
  const error = checkIpv4(bytes, mayBeTruncated);
  if (error !== undefined) return error;
  const ihl = readU8(bytes, 0) & 0x0f;
  const totalLength = readU16(bytes, 2);
  const fragment = readU16(bytes, 6);
  return ok({
    version: 4,
    ihl,
    trafficClass: readU8(bytes, 1),
    totalLength,
    identification: readU16(bytes, 4),
    flags: fragment >>> 13,
    fragmentOffset: fragment & 0x1fff,
    hopLimit: readU8(bytes, 8),
    protocol: readU8(bytes, 9),
    headerChecksum: readU16(bytes, 10),
    src: bytes.subarray(12, 16),
    dst: bytes.subarray(16, 20),
    options: bytes.subarray(IPV4_HEADER_LENGTH, 4 * ihl),
    payload: bytes.subarray(4 * ihl, totalLength),
    trailer: bytes.subarray(totalLength),
  });
}

function checkIpv4(bytes: Uint8Array, mayBeTruncated: boolean): Refused | undefined {
  const { length } = bytes;
  if (length < IPV4_HEADER_LENGTH) {
    return refuse("too-short", "IPv4 header", 0, length, "at least 20 octets long");
  }
  const ihl = readU8(bytes, 0) & 0x0f;
  if (ihl < 5) return refuse("header-length", "IHL", 0, ihl, "at least 5");
  if (4 * ihl > length) {
    const most = `at most ${length >>> 2}, a quarter of the ${length} octets there are`;
    return refuse("header-overrun", "IHL", 0, ihl, most);
  }
  const total = readU16(bytes, 2);
  if (total < 4 * ihl) {
    return refuse("total-length", "Total Length", 2, total, `at least the header's ${4 * ihl}`);
  }
  if (total > length && !mayBeTruncated) {
    return refuse("truncated", "Total Length", 2, total, `at most the ${length} octets there are`);
  }
  return undefined;
}

function decodeIpv6(bytes: Uint8Array, mayBeTruncated: boolean): Result<Ipv6Packet> {
  const { length } = bytes;
  if (length < IPV6_HEADER_LENGTH) {
    return refuse("too-short", "IPv6 header", 0, length, "at least 40 octets long");
  }
  const payloadLength = readU16(bytes, 4);
  const end = IPV6_HEADER_LENGTH + payloadLength;
  if (end > length && !mayBeTruncated) {
    const most = `at most the ${length - IPV6_HEADER_LENGTH} octets behind the header`;
    return refuse("truncated", "Payload Length", 4, payloadLength, most);
  }
  const nextHeader = readU8(bytes, 6);
  const chain = decodeExtensions(bytes, nextHeader, Math.min(end, length));
  if (!chain.ok) return chain;
  const word = readU32(bytes, 0);
  return ok({
    version: 6,
    trafficClass: (word >>> 20) & 0xff,
    flowLabel: word & 0xfffff,
    payloadLength,
    nextHeader,
    hopLimit: readU8(bytes, 7),
    src: bytes.subarray(8, 24),
    dst: bytes.subarray(24, 40),
    extensions: chain.value.extensions,
    protocol: chain.value.protocol,
    payload: bytes.subarray(chain.value.payloadAt, end),
    trailer: bytes.subarray(end),
  });
}

/** What the chain of extension headers ends in. */
interface Chain {
  readonly extensions: readonly Ipv6Extension[];
  readonly protocol: number;
  readonly payloadAt: number;
}

/** Every extension header is at least 8 octets long, so the walk ends. */
function decodeExtensions(bytes: Uint8Array, first: number, end: number): Result<Chain> {
  const extensions: Ipv6Extension[] = [];
  let protocol = first;
  let at = IPV6_HEADER_LENGTH;
  while (isExtension(protocol) && !hidesPayload(extensions.at(-1))) {
    if (at + 8 > end) {
      return refuse("too-short", `Header ${protocol}`, at, end - at, "at least 8 octets long");
    }
    const length = extensionLength(bytes, at, protocol);
    if (at + length > end) {
      const right = `at most the ${end - at} octets left of the packet`;
      return refuse("header-overrun", `Header ${protocol} Length`, at + 1, length, right);
    }
    const header = bytes.subarray(at, at + length);
    extensions.push({ protocol, bytes: header });
    protocol = readU8(header, 0);
    at += length;
  }
  return ok({ extensions, protocol, payloadAt: at });
}

/** Behind the header of a later fragment there is a piece of payload, not a header. */
function hidesPayload(extension: Ipv6Extension | undefined): boolean {
  return extension?.protocol === EXTENSION_FRAGMENT && readU16(extension.bytes, 2) >>> 3 !== 0;
}
