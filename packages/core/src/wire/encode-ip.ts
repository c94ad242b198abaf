import { concat, writeU16, writeU32 } from "./bytes.ts";
import { IPV4_HEADER_LENGTH, IPV6_HEADER_LENGTH } from "./decode-ip.ts";
import type { IpPacket, Ipv4Packet, Ipv6Packet } from "./ip-packet.ts";
import { firstOutOfRange } from "./range.ts";
import { ok, type Result, type WireError } from "./result.ts";

/**
 * The octets of a packet, its length and checksum fields as given, the
 * trailer behind it. Refused are values that their field cannot hold, and an
 * IPv4 header whose options do not fill it.
 */
export function encodeIp(packet: IpPacket): Result<Uint8Array> {
  const error = packet.version === 4 ? checkIpv4(packet) : checkIpv6(packet);
  if (error !== undefined) return { ok: false, error };
  const header = packet.version === 4 ? ipv4Header(packet) : ipv6Header(packet);
  return ok(concat(header, packet.payload, packet.trailer));
}

function ipv4Header(packet: Ipv4Packet): Uint8Array {
  const bytes = new Uint8Array(4 * packet.ihl);
  bytes[0] = 0x40 | packet.ihl;
  bytes[1] = packet.trafficClass;
  writeU16(bytes, 2, packet.totalLength);
  writeU16(bytes, 4, packet.identification);
  writeU16(bytes, 6, (packet.flags << 13) | packet.fragmentOffset);
  bytes[8] = packet.hopLimit;
  bytes[9] = packet.protocol;
  writeU16(bytes, 10, packet.headerChecksum);
  bytes.set(packet.src, 12);
  bytes.set(packet.dst, 16);
  bytes.set(packet.options, IPV4_HEADER_LENGTH);
  return bytes;
}

function ipv6Header(packet: Ipv6Packet): Uint8Array {
  const fixed = new Uint8Array(IPV6_HEADER_LENGTH);
  writeU32(fixed, 0, (6 << 28) | (packet.trafficClass << 20) | packet.flowLabel);
  writeU16(fixed, 4, packet.payloadLength);
  fixed[6] = packet.nextHeader;
  fixed[7] = packet.hopLimit;
  fixed.set(packet.src, 8);
  fixed.set(packet.dst, 24);
  return concat(fixed, ...packet.extensions.map((extension) => extension.bytes));
}

function checkIpv4(packet: Ipv4Packet): WireError | undefined {
  const optionWords = packet.options.length / 4;
  return firstOutOfRange([
    ["Option words", optionWords, 10],
    ["IHL", packet.ihl, 5 + optionWords, 5 + optionWords],
    ["Type of Service", packet.trafficClass, 0xff],
    ["Total Length", packet.totalLength, 0xffff],
    ["Identification", packet.identification, 0xffff],
    ["Flags", packet.flags, 7],
    ["Fragment Offset", packet.fragmentOffset, 0x1fff],
    ["Time to Live", packet.hopLimit, 0xff],
    ["Protocol", packet.protocol, 0xff],
    ["Header Checksum", packet.headerChecksum, 0xffff],
    ["Source Address length", packet.src.length, 4, 4],
    ["Destination Address length", packet.dst.length, 4, 4],
  ]);
}

function checkIpv6(packet: Ipv6Packet): WireError | undefined {
  return firstOutOfRange([
    ["Traffic Class", packet.trafficClass, 0xff],
    ["Flow Label", packet.flowLabel, 0xfffff],
    ["Payload Length", packet.payloadLength, 0xffff],
    ["Next Header", packet.nextHeader, 0xff],
    ["Hop Limit", packet.hopLimit, 0xff],
    ["Source Address length", packet.src.length, 16, 16],
    ["Destination Address length", packet.dst.length, 16, 16],
  ]);
}
