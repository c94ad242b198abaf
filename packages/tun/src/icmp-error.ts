import { formatAddress, PROTOCOL_TCP } from "@synfin/core/wire";

/** What an ICMP error says of a segment that we sent (RFC 792, RFC 4443). */
export interface IcmpError {
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** The sequence number of the segment that it quotes. */
  readonly seq: number;
  /**
   * Whether the destination cannot be reached at all: protocol or port
   * unreachable. Everything else may pass (RFC 9293 §3.9.2.2).
   */
  readonly hard: boolean;
}

const PROTOCOL_ICMP = 1;
const PROTOCOL_ICMPV6 = 58;
const V4_UNREACHABLE = 3;
const V6_UNREACHABLE = 1;
/** RFC 792: protocol unreachable and port unreachable. */
const V4_HARD: readonly number[] = [2, 3];
/** RFC 4443 §3.1: port unreachable. */
const V6_HARD: readonly number[] = [4];

/** The "destination unreachable" in an IP packet, or undefined for any other packet. */
export function readIcmpError(packet: Uint8Array): IcmpError | undefined {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  if (packet.length < 20) return undefined;
  const version = view.getUint8(0) >>> 4;
  if (version === 4) return readV4(packet, view);
  return version === 6 ? readV6(packet, view) : undefined;
}

function readV4(packet: Uint8Array, view: DataView): IcmpError | undefined {
  const at = 4 * (view.getUint8(0) & 0x0f);
  const quoteAt = at + 8;
  // The quote has an IP header and at least eight octets: the ports and the sequence number.
  if (at < 20 || packet.length < quoteAt + 28) return undefined;
  if (view.getUint8(9) !== PROTOCOL_ICMP || view.getUint8(at) !== V4_UNREACHABLE) return undefined;
  if (!sumsUp(view, at, view.getUint16(2), 0)) return undefined;
  if (view.getUint8(quoteAt + 9) !== PROTOCOL_TCP) return undefined;
  const tcpAt = quoteAt + 4 * (view.getUint8(quoteAt) & 0x0f);
  const hard = V4_HARD.includes(view.getUint8(at + 1));
  return quoted(packet, view, quoteAt + 16, 4, tcpAt, hard);
}

function readV6(packet: Uint8Array, view: DataView): IcmpError | undefined {
  const at = 40;
  const quoteAt = at + 8;
  if (packet.length < quoteAt + 48) return undefined;
  if (view.getUint8(6) !== PROTOCOL_ICMPV6 || view.getUint8(at) !== V6_UNREACHABLE) {
    return undefined;
  }
  const end = at + view.getUint16(4);
  // The pseudo-header: both addresses, the length, the protocol (RFC 8200 §8.1).
  if (!sumsUp(view, 8, end, end - at + PROTOCOL_ICMPV6)) return undefined;
  if (view.getUint8(quoteAt + 6) !== PROTOCOL_TCP) return undefined;
  const hard = V6_HARD.includes(view.getUint8(at + 1));
  return quoted(packet, view, quoteAt + 24, 16, quoteAt + 40, hard);
}

/** Whether the 16-bit words and `start` add up to all ones, as what holds its own checksum does. */
function sumsUp(view: DataView, from: number, end: number, start: number): boolean {
  if (end > view.byteLength) return false;
  let sum = start;
  for (let at = from; at < end; at += 2) {
    sum += at + 1 < end ? view.getUint16(at) : view.getUint8(at) << 8;
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum === 0xffff;
}

function quoted(
  packet: Uint8Array,
  view: DataView,
  remoteAt: number,
  size: number,
  tcpAt: number,
  hard: boolean,
): IcmpError | undefined {
  if (packet.length < tcpAt + 8) return undefined;
  return {
    localPort: view.getUint16(tcpAt),
    remoteAddress: formatAddress(packet.subarray(remoteAt, remoteAt + size)),
    remotePort: view.getUint16(tcpAt + 2),
    seq: view.getUint32(tcpAt + 4),
    hard,
  };
}
