import { OctetWriter } from "./octet-writer.ts";
import {
  checkTime,
  type PacketToWrite,
  WRITE_DEFAULTS,
  type WriteOptions,
} from "./write-options.ts";

/**
 * A classic pcap file: little-endian, microseconds. Throws for a time that is
 * no non-negative integer, or after the year 2106, when its seconds run out.
 */
export function writePcap(
  packets: readonly PacketToWrite[],
  options: WriteOptions = {},
): Uint8Array {
  const { linkType, snapLength } = { ...WRITE_DEFAULTS, ...options };
  const out = new OctetWriter();
  out.u32(0xa1b2c3d4);
  out.u16(2);
  out.u16(4);
  out.u32(0);
  out.u32(0);
  out.u32(snapLength);
  out.u32(linkType);
  for (const packet of packets) writeRecord(out, packet, snapLength);
  return out.finish();
}

function writeRecord(out: OctetWriter, packet: PacketToWrite, snapLength: number): void {
  const { timeUs, data, originalLength = data.length } = packet;
  checkTime(timeUs);
  const seconds = Math.floor(timeUs / 1_000_000);
  if (seconds > 0xffffffff) throw new RangeError(`timeUs is ${timeUs}, after the end of pcap time`);
  const kept = data.subarray(0, snapLength);
  out.u32(seconds);
  out.u32(timeUs % 1_000_000);
  out.u32(kept.length);
  out.u32(originalLength);
  out.octets(kept);
}
