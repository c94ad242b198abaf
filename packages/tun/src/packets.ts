import {
  buildPacket,
  checksumOk,
  createPacketFields,
  formatAddress,
  parseAddress,
  readPacket,
} from "@synfin/core/wire";
import type { Datagram } from "@synfin/sockets";

const fields = createPacketFields();

/**
 * The TCP segment in an IP packet, or undefined: what is no whole TCP segment
 * is not for us, and one with a wrong checksum is dropped in silence (MUST-3).
 * The payload is a view of the packet.
 *
 * @param flowOf what to call the connection, see `Datagram.flow`
 */
export function readDatagram(
  packet: Uint8Array,
  flowOf: (datagram: Omit<Datagram, "flow">) => number,
): Datagram | undefined {
  if (!checksumOk(packet) || readPacket(packet, 0, packet.length, fields) !== 0) return undefined;
  const { srcPort, dstPort, payloadAt, length, addressAt, version } = fields;
  const size = version === 4 ? 4 : 16;
  const src = formatAddress(packet.subarray(addressAt, addressAt + size));
  const dst = formatAddress(packet.subarray(addressAt + size, addressAt + 2 * size));
  const payload = packet.subarray(payloadAt, payloadAt + length);
  const datagram = { src, dst, srcPort, dstPort, segment: { ...fields }, payload };
  return { ...datagram, flow: flowOf(datagram) };
}

/** The whole IP packet around a datagram. Throws for an address that is none: a bug of ours. */
export function writeDatagram(datagram: Datagram): Uint8Array {
  const { srcPort, dstPort, segment, payload } = datagram;
  const src = octets(datagram.src);
  const dst = octets(datagram.dst);
  return buildPacket({ src, dst, srcPort, dstPort, segment, payload });
}

function octets(text: string): Uint8Array {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new Error(`synfin: ${parsed.error.message}`);
  return parsed.value;
}
