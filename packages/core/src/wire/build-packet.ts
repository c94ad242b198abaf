import type { Segment } from "../tcp/segment.ts";
import { writeU16 } from "./bytes.ts";
import { ipv4Checksum, PROTOCOL_TCP, tcpChecksum } from "./checksum.ts";
import { IPV4_HEADER_LENGTH } from "./decode-ip.ts";
import { encodeIp } from "./encode-ip.ts";
import { type IpPacket, Ipv4Flag } from "./ip-packet.ts";
import type { Result } from "./result.ts";
import { segmentOptions } from "./segment-options.ts";
import { dataOffsetFor, encodeTcp } from "./tcp-segment.ts";

/** What `buildPacket` makes a packet of. */
export interface PacketParts {
  /** The sender's address: 4 octets for IPv4, 16 for IPv6. */
  readonly src: Uint8Array;
  /** The receiver's address, of the same version. */
  readonly dst: Uint8Array;
  readonly srcPort: number;
  readonly dstPort: number;
  /** The segment as the machine made it. */
  readonly segment: Readonly<Segment>;
  /** The text: `segment.length` octets. Left out, it is that many zeros. */
  readonly payload?: Uint8Array;
  /** IPv4's identification; 0 by default, as RFC 6864 allows with DF set. */
  readonly identification?: number;
  /** Time to live or hop limit; 64 by default. */
  readonly hopLimit?: number;
}

/**
 * A whole IP packet around a segment of the machine, lengths and checksums
 * right. Throws where a value does not fit its field, where the addresses are
 * of different versions, or where the payload is not `segment.length` octets:
 * all of these are bugs of the caller.
 */
export function buildPacket(parts: PacketParts): Uint8Array {
  const tcp = buildTcp(parts);
  const packet = orThrow(encodeIp(ipAround(parts, tcp)));
  if (parts.src.length === 4) {
    writeU16(packet, 10, ipv4Checksum(packet.subarray(0, IPV4_HEADER_LENGTH)));
  }
  return packet;
}

function buildTcp(parts: PacketParts): Uint8Array {
  const { segment, src, dst, srcPort, dstPort } = parts;
  const payload = parts.payload ?? new Uint8Array(segment.length);
  if (payload.length !== segment.length) {
    throw new RangeError(`the payload has ${payload.length} octets, not ${segment.length}`);
  }
  const options = segmentOptions(segment);
  const { seq, ack, flags, window, urgentPointer } = segment;
  const dataOffset = dataOffsetFor(options);
  const fields = { srcPort, dstPort, seq, ack, dataOffset, flags, window, urgentPointer };
  const bytes = orThrow(encodeTcp({ ...fields, reserved: 0, checksum: 0, options, payload }));
  writeU16(bytes, 16, tcpChecksum(src, dst, bytes));
  return bytes;
}

function ipAround(parts: PacketParts, payload: Uint8Array): IpPacket {
  const { src, dst, identification = 0, hopLimit = 64 } = parts;
  const common = { src, dst, protocol: PROTOCOL_TCP, hopLimit, trafficClass: 0, payload };
  const trailer = new Uint8Array(0);
  if (src.length === 4) {
    return {
      ...common,
      version: 4,
      ihl: 5,
      totalLength: IPV4_HEADER_LENGTH + payload.length,
      identification,
      flags: Ipv4Flag.DONT_FRAGMENT,
      fragmentOffset: 0,
      headerChecksum: 0,
      options: trailer,
      trailer,
    };
  }
  const payloadLength = payload.length;
  const v6 = { flowLabel: 0, payloadLength, nextHeader: PROTOCOL_TCP, extensions: [] };
  return { ...common, ...v6, version: 6, trailer };
}

function orThrow(result: Result<Uint8Array>): Uint8Array {
  if (!result.ok) throw new RangeError(result.error.message);
  return result.value;
}
