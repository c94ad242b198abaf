import { u32 } from "./octets.ts";
import { PCAP_MAGICS, readPcap } from "./read-pcap.ts";
import { readPcapng, SECTION_HEADER } from "./read-pcapng.ts";
import { type Capture, captureError, hex32 } from "./record.ts";

/**
 * Reads a whole capture file, pcap or pcapng, of either byte order. It never
 * throws: a broken file gives the records before the break, and an error that
 * names the block, the offset and the value.
 */
export function readCapture(bytes: Uint8Array): Capture {
  const magic = u32({ bytes, littleEndian: false }, 0);
  if (bytes.length >= 4 && magic === SECTION_HEADER) return readPcapng(bytes);
  if (bytes.length >= 4 && PCAP_MAGICS.has(magic)) return readPcap(bytes);
  const right = "that of a pcap or pcapng file (0xa1b2c3d4, 0xa1b23c4d or 0x0a0d0d0a)";
  const value = bytes.length >= 4 ? hex32(magic) : `cut off after ${bytes.length} octets`;
  const error = captureError("file header", "Magic Number", 0, value, right);
  return { format: "unknown", records: [], error };
}
