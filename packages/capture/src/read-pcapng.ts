import { type OctetReader, u16, u32 } from "./octets.ts";
import { type Block, BlockType, blockName, readBlock } from "./pcapng-block.ts";
import { type PcapngInterface, readInterface } from "./pcapng-interface.ts";
import { readPacket } from "./pcapng-packet.ts";
import {
  type Capture,
  type CaptureError,
  type CaptureRecord,
  captureError,
  hex32,
} from "./record.ts";

/** The type of the block that a pcapng file starts with; it reads the same in both byte orders. */
export const SECTION_HEADER: number = BlockType.SECTION_HEADER;

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

/** What a section has said so far. Each section has its own byte order and interfaces. */
interface Section {
  readonly reader: OctetReader;
  readonly interfaces: PcapngInterface[];
}

/** Reads a file that starts with a section header block. Blocks of unknown type are passed over. */
export function readPcapng(bytes: Uint8Array): Capture {
  const records: CaptureRecord[] = [];
  const error = readBlocks(bytes, records);
  return { format: "pcapng", records, ...(error === undefined ? {} : { error }) };
}

function readBlocks(bytes: Uint8Array, records: CaptureRecord[]): CaptureError | undefined {
  let section: Section = { reader: { bytes, littleEndian: false }, interfaces: [] };
  let at = 0;
  while (at < bytes.length) {
    if (u32({ bytes, littleEndian: false }, at) === SECTION_HEADER) {
      const reader = readByteOrder(bytes, at);
      if ("message" in reader) return reader;
      section = { reader, interfaces: [] };
    }
    const block = readBlock(section.reader, at);
    if ("message" in block) return block;
    const error = takeBlock(block, section, records);
    if (error !== undefined) return error;
    at = block.end + 4;
  }
  return undefined;
}

/** The byte order has to be known before the block's own length can be read. */
function readByteOrder(bytes: Uint8Array, at: number): OctetReader | CaptureError {
  const name = blockName(SECTION_HEADER);
  if (bytes.length - at < 28) {
    return captureError(name, "length", at, bytes.length - at, "at least 28 octets");
  }
  for (const littleEndian of [false, true]) {
    const reader = { bytes, littleEndian };
    if (u32(reader, at + 8) === BYTE_ORDER_MAGIC) return reader;
  }
  const magic = hex32(u32({ bytes, littleEndian: false }, at + 8));
  return captureError(name, "Byte-Order Magic", at + 8, magic, `${hex32(BYTE_ORDER_MAGIC)}`);
}

function takeBlock(
  block: Block,
  section: Section,
  records: CaptureRecord[],
): CaptureError | undefined {
  switch (block.type) {
    case BlockType.SECTION_HEADER:
      return checkVersion(block);
    case BlockType.INTERFACE_DESCRIPTION: {
      const described = readInterface(block);
      if ("message" in described) return described;
      section.interfaces.push(described);
      return undefined;
    }
    case BlockType.PACKET:
    case BlockType.SIMPLE_PACKET:
    case BlockType.ENHANCED_PACKET: {
      const record = readPacket(block, section.interfaces, records.length + 1);
      if ("message" in record) return record;
      records.push(record);
      return undefined;
    }
    default:
      return undefined;
  }
}

/** Another major version may mean anything; minor ones are meant to be readable. */
function checkVersion({ reader, start, type }: Block): CaptureError | undefined {
  const major = u16(reader, start + 12);
  if (major === 1) return undefined;
  return captureError(blockName(type), "Major Version", start + 12, major, "1");
}
