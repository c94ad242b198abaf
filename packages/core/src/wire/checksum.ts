import { readU8, readU16 } from "./bytes.ts";

/** TCP's number in the IPv4 protocol and IPv6 next header fields. */
export const PROTOCOL_TCP = 6;

/** Where the checksum stands in a TCP header. */
const TCP_CHECKSUM_AT = 16;

/**
 * The sum of the 16-bit words from `start` to `end`, carries not yet folded;
 * an odd last octet counts as a word padded with zero bits on the right
 * (RFC 9293 §3.1). Begin with `sum`, to go on from another part.
 */
export function sumWords(bytes: Uint8Array, start: number, end: number, sum = 0): number {
  let total = sum;
  const even = end - ((end - start) & 1);
  for (let at = start; at < even; at += 2) total += readU16(bytes, at);
  return even < end ? total + (readU8(bytes, even) << 8) : total;
}

/** Folds the carries back in: the 16-bit ones' complement sum. */
export function foldSum(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 0x10000);
  return folded;
}

/** The sum of the pseudo-header, RFC 9293 §3.1 (IPv4) and RFC 8200 §8.1 (IPv6). */
function sumPseudoHeader(src: Uint8Array, dst: Uint8Array, length: number): number {
  const addresses = sumWords(dst, 0, dst.length, sumWords(src, 0, src.length));
  return addresses + PROTOCOL_TCP + length;
}

/**
 * The checksum that belongs into the header of this segment (header, options
 * and text); what stands in the checksum field now is left out of the sum.
 */
export function tcpChecksum(src: Uint8Array, dst: Uint8Array, segment: Uint8Array): number {
  const pseudo = sumPseudoHeader(src, dst, segment.length);
  const all = sumWords(segment, 0, segment.length, pseudo);
  return ~foldSum(all - readU16(segment, TCP_CHECKSUM_AT)) & 0xffff;
}

/** The checksum that belongs into this IPv4 header, options included. */
export function ipv4Checksum(header: Uint8Array): number {
  return ~foldSum(sumWords(header, 0, header.length) - readU16(header, 10)) & 0xffff;
}
