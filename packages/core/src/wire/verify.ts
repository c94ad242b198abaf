import { foldSum, PROTOCOL_TCP, sumWords } from "./checksum.ts";
import { createPacketFields, readPacket } from "./read-packet.ts";

/** Re-used, so that checking allocates nothing; each call fills it anew before it reads it. */
const fields = createPacketFields();

/**
 * Whether the IP packet between `start` and `end` holds a whole TCP segment
 * and its checksums are right: IPv4's header checksum, and TCP's over the
 * pseudo-header, the header and the text. What is no TCP packet has none, so
 * the answer is false. Allocates nothing. The pseudo-header takes the
 * destination that stands in the IP header, so a packet still on its way
 * through an IPv6 routing header is not judged by its last stop.
 */
export function checksumOk(bytes: Uint8Array, start = 0, end: number = bytes.length): boolean {
  if (readPacket(bytes, start, end, fields) !== 0) return false;
  return ipChecksumRight(bytes, start) && tcpChecksumRight(bytes);
}

/** The same for the TCP checksum alone, whatever the IP header's is. */
export function tcpChecksumOk(bytes: Uint8Array, start = 0, end: number = bytes.length): boolean {
  return readPacket(bytes, start, end, fields) === 0 && tcpChecksumRight(bytes);
}

/** IPv6 has no header checksum. */
function ipChecksumRight(bytes: Uint8Array, start: number): boolean {
  if (fields.version === 6) return true;
  const headerLength = 4 * ((bytes[start] ?? 0) & 0x0f);
  return foldSum(sumWords(bytes, start, start + headerLength)) === 0xffff;
}

function tcpChecksumRight(bytes: Uint8Array): boolean {
  const { addressAt, tcpAt, payloadAt, version } = fields;
  const end = payloadAt + fields.length;
  const addresses = sumWords(bytes, addressAt, addressAt + (version === 4 ? 8 : 32));
  const pseudo = addresses + PROTOCOL_TCP + (end - tcpAt);
  return foldSum(sumWords(bytes, tcpAt, end, pseudo)) === 0xffff;
}
