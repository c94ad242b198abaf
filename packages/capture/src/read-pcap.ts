import { type OctetReader, u32 } from "./octets.ts";
import { type Capture, type CaptureError, type CaptureRecord, captureError } from "./record.ts";

interface PcapFlavour {
  readonly littleEndian: boolean;
  /** Whether the fraction of a second counts nanoseconds. */
  readonly nanoseconds: boolean;
}

/** The magic numbers as they stand in the file, read in network byte order. */
export const PCAP_MAGICS: ReadonlyMap<number, PcapFlavour> = new Map([
  [0xa1b2c3d4, { littleEndian: false, nanoseconds: false }],
  [0xd4c3b2a1, { littleEndian: true, nanoseconds: false }],
  [0xa1b23c4d, { littleEndian: false, nanoseconds: true }],
  [0x4d3cb2a1, { littleEndian: true, nanoseconds: true }],
]);

const FILE_HEADER_LENGTH = 24;
const RECORD_HEADER_LENGTH = 16;

/** Reads a file whose first four octets are one of `PCAP_MAGICS`. */
export function readPcap(bytes: Uint8Array): Capture {
  const flavour = PCAP_MAGICS.get(u32({ bytes, littleEndian: false }, 0));
  const records: CaptureRecord[] = [];
  if (flavour === undefined) throw new RangeError("readPcap was handed a file that is no pcap");
  const error = readRecords({ bytes, littleEndian: flavour.littleEndian }, flavour, records);
  return { format: "pcap", records, ...(error === undefined ? {} : { error }) };
}

function readRecords(
  reader: OctetReader,
  flavour: PcapFlavour,
  records: CaptureRecord[],
): CaptureError | undefined {
  const { length } = reader.bytes;
  if (length < FILE_HEADER_LENGTH) {
    return captureError("file header", "length", 0, length, `${FILE_HEADER_LENGTH} octets`);
  }
  // The upper bits say how long an Ethernet checksum at the end of each frame is.
  const linkType = u32(reader, 20) & 0x03ffffff;
  let at = FILE_HEADER_LENGTH;
  while (at < length) {
    const error = checkRecord(reader, at);
    if (error !== undefined) return error;
    const captured = u32(reader, at + 8);
    const start = at + RECORD_HEADER_LENGTH;
    records.push({
      number: records.length + 1,
      timeUs: timeOf(reader, at, flavour),
      linkType,
      data: reader.bytes.subarray(start, start + captured),
      originalLength: u32(reader, at + 12),
    });
    at = start + captured;
  }
  return undefined;
}

function checkRecord(reader: OctetReader, at: number): CaptureError | undefined {
  const left = reader.bytes.length - at;
  if (left < RECORD_HEADER_LENGTH) {
    return captureError("packet record", "length", at, left, `${RECORD_HEADER_LENGTH} octets`);
  }
  const captured = u32(reader, at + 8);
  const room = left - RECORD_HEADER_LENGTH;
  if (captured <= room) return undefined;
  const right = `at most the ${room} octets left of the file`;
  return captureError("packet record", "Captured Packet Length", at + 8, captured, right);
}

function timeOf(reader: OctetReader, at: number, { nanoseconds }: PcapFlavour): number {
  const fraction = u32(reader, at + 4);
  return u32(reader, at) * 1_000_000 + (nanoseconds ? Math.floor(fraction / 1000) : fraction);
}
