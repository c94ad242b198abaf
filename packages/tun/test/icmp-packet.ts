import { createSegment, Flag } from "@synfin/core/tcp";
import { buildPacket, parseAddress } from "@synfin/core/wire";

/** A SYN of ours from port 50000 to port 80. */
export function synPacket(ours: string, theirs: string): Uint8Array {
  const segment = { seq: 0xfffffff0, ack: 0, flags: Flag.SYN, window: 1, urgentPointer: 0 };
  return buildPacket({
    ...{ src: octets(ours), dst: octets(theirs), srcPort: 50000, dstPort: 80 },
    segment: { ...createSegment(), ...segment, mss: 1460 },
  });
}

/** An ICMP error of the peer's about a packet of ours, made by hand. */
export function icmpPacket(quote: Uint8Array, type: number, code: number): Uint8Array {
  const [at, size] = quote[0] === 0x45 ? [12, 4] : [8, 16];
  const ours = quote.subarray(at, at + size);
  const theirs = quote.subarray(at + size, at + 2 * size);
  const message = new Uint8Array(8 + quote.length);
  message.set([type, code]);
  message.set(quote, 8);
  return size === 4 ? inIpv4(theirs, ours, message) : inIpv6(theirs, ours, message);
}

function inIpv4(src: Uint8Array, dst: Uint8Array, message: Uint8Array): Uint8Array {
  const length = 20 + message.length;
  const packet = Uint8Array.from([
    0x45,
    0,
    0,
    length,
    0,
    0,
    0,
    0,
    64,
    1,
    0,
    0,
    ...src,
    ...dst,
    ...message,
  ]);
  writeChecksum(packet, 20, 22, 0);
  return packet;
}

function inIpv6(src: Uint8Array, dst: Uint8Array, message: Uint8Array): Uint8Array {
  const packet = Uint8Array.from([
    0x60,
    0,
    0,
    0,
    0,
    message.length,
    58,
    64,
    ...src,
    ...dst,
    ...message,
  ]);
  writeChecksum(packet, 8, 42, message.length + 58);
  return packet;
}

function writeChecksum(packet: Uint8Array, from: number, at: number, start: number): void {
  const view = new DataView(packet.buffer);
  let sum = start;
  for (let word = from; word < packet.length; word += 2) sum += view.getUint16(word);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  view.setUint16(at, ~sum & 0xffff);
}

function octets(address: string): Uint8Array {
  const parsed = parseAddress(address);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}
