/**
 * The ICMP message "destination unreachable, port unreachable" (RFC 792) in
 * answer to an IPv4 packet, from its destination to its source.
 */
export function portUnreachable(packet: Uint8Array): Uint8Array {
  // The header of the packet and the first eight octets behind it.
  const quote = packet.subarray(0, 28);
  const answer = new Uint8Array(20 + 8 + quote.length);
  const view = new DataView(answer.buffer);
  answer.set([0x45, 0xc0, 0, answer.length, 0, 0, 0x40, 0, 64, 1]);
  answer.set(packet.subarray(16, 20), 12);
  answer.set(packet.subarray(12, 16), 16);
  view.setUint16(10, checksum(answer.subarray(0, 20)));
  answer.set([3, 3], 20);
  answer.set(quote, 28);
  view.setUint16(22, checksum(answer.subarray(20)));
  return answer;
}

/** RFC 1071, over an even number of octets. */
function checksum(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += view.getUint16(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
