import { formatAddress, PROTOCOL_TCP } from "@synfin/core/wire";
import type { IcmpError } from "@synfin/sockets";

const PROTOCOL_ICMP = 1;
const PROTOCOL_ICMPV6 = 58;
/** RFC 792: destination unreachable, source quench, time exceeded, parameter problem. */
const V4_ERRORS: readonly number[] = [3, 4, 11, 12];
/** RFC 4443: destination unreachable, packet too big, time exceeded, parameter problem. */
const V6_ERRORS: readonly number[] = [1, 2, 3, 4];

/** The ICMP error in an IP packet and what it quotes of our segment, or undefined for any other. */
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
  if (view.getUint8(9) !== PROTOCOL_ICMP || !V4_ERRORS.includes(view.getUint8(at)))
    return undefined;
  if (!sumsUp(view, at, view.getUint16(2), 0)) return undefined;
  if (view.getUint8(quoteAt + 9) !== PROTOCOL_TCP) return undefined;
  const tcpAt = quoteAt + 4 * (view.getUint8(quoteAt) & 0x0f);
  const [type, code] = [view.getUint8(at), view.getUint8(at + 1)];
  return quoted(packet, view, quoteAt + 12, 4, tcpAt, { version: 4, type, code });
}

function readV6(packet: Uint8Array, view: DataView): IcmpError | undefined {
  const at = 40;
  const quoteAt = at + 8;
  if (packet.length < quoteAt + 48) return undefined;
  if (view.getUint8(6) !== PROTOCOL_ICMPV6 || !V6_ERRORS.includes(view.getUint8(at))) {
    return undefined;
  }
  const end = at + view.getUint16(4);
  // The pseudo-header: both addresses, the length, the protocol (RFC 8200 §8.1).
  if (!sumsUp(view, 8, end, end - at + PROTOCOL_ICMPV6)) return undefined;
  if (view.getUint8(quoteAt + 6) !== PROTOCOL_TCP) return undefined;
  const [type, code] = [view.getUint8(at), view.getUint8(at + 1)];
  return quoted(packet, view, quoteAt + 8, 16, quoteAt + 40, { version: 6, type, code });
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

/** Both ends and the sequence number of the segment quoted, which was ours: its source is us. */
function quoted(
  packet: Uint8Array,
  view: DataView,
  addressAt: number,
  size: number,
  tcpAt: number,
  what: Pick<IcmpError, "version" | "type" | "code">,
): IcmpError | undefined {
  if (packet.length < tcpAt + 8) return undefined;
  const remoteAt = addressAt + size;
  return {
    ...what,
    localAddress: formatAddress(packet.subarray(addressAt, remoteAt)),
    localPort: view.getUint16(tcpAt),
    remoteAddress: formatAddress(packet.subarray(remoteAt, remoteAt + size)),
    remotePort: view.getUint16(tcpAt + 2),
    seq: view.getUint32(tcpAt + 4),
  };
}
