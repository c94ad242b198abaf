import { readU16 } from "./bytes.ts";
import { PROTOCOL_TCP } from "./checksum.ts";
import { type DecodeIpOptions, decodeIp, IPV6_HEADER_LENGTH } from "./decode-ip.ts";
import { EXTENSION_FRAGMENT } from "./ip-extension.ts";
import { type IpPacket, Ipv4Flag } from "./ip-packet.ts";
import { type Ok, type Refused, refuse, type WireError } from "./result.ts";
import { decodeTcp, type TcpSegment } from "./tcp-segment.ts";

/** An IP packet, and the whole TCP segment in it. */
export interface DecodedPacket extends Ok<{ readonly ip: IpPacket; readonly tcp: TcpSegment }> {
  /** The options of illegal length (MUST-7), offsets from the start of the packet. */
  readonly optionErrors: readonly WireError[];
}

/**
 * A TCP segment within its IP packet. Refuses what `decodeIp` and `decodeTcp`
 * do, and a packet that is `not-tcp` or only a `fragment`. Offsets in errors
 * count from the start of the packet; `options` are those of `decodeIp`.
 */
export function decodePacket(
  bytes: Uint8Array,
  options: DecodeIpOptions = {},
): DecodedPacket | Refused {
  const ip = decodeIp(bytes, options);
  if (!ip.ok) return ip;
  const { protocol, payload, trailer, version } = ip.value;
  if (protocol !== PROTOCOL_TCP) {
    return refuse("not-tcp", "Protocol", protocolAt(ip.value), protocol, "6, which is TCP");
  }
  if (isFragment(ip.value)) {
    const at = version === 4 ? 6 : 40;
    return refuse("fragment", "Fragment Offset", at, fragmentOffset(ip.value), "a whole packet");
  }
  const tcp = decodeTcp(payload, bytes.length - trailer.length - payload.length);
  if (!tcp.ok) return tcp;
  const value = { ip: ip.value, tcp: tcp.value };
  return { ok: true, value, optionErrors: tcp.optionErrors };
}

/** Whether a packet is a piece of a larger one: an offset, or more to follow. */
export function isFragment(packet: IpPacket): boolean {
  if (packet.version === 4) {
    return packet.fragmentOffset !== 0 || (packet.flags & Ipv4Flag.MORE_FRAGMENTS) !== 0;
  }
  return packet.extensions.some(
    ({ protocol, bytes }) => protocol === EXTENSION_FRAGMENT && (readU16(bytes, 2) & 0xfff9) !== 0,
  );
}

/** Where the payload's protocol number stands: with IPv6, in the last header before it. */
function protocolAt(packet: IpPacket): number {
  if (packet.version === 4) return 9;
  const last = packet.extensions.at(-1);
  if (last === undefined) return 6;
  const before = packet.extensions.slice(0, -1);
  return before.reduce((at, { bytes }) => at + bytes.length, IPV6_HEADER_LENGTH);
}

/** In octets. */
function fragmentOffset(packet: IpPacket): number {
  if (packet.version === 4) return 8 * packet.fragmentOffset;
  const header = packet.extensions.find(({ protocol }) => protocol === EXTENSION_FRAGMENT);
  return header === undefined ? 0 : readU16(header.bytes, 2) & 0xfff8;
}
