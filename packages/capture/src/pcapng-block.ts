import { type OctetReader, padded, u16, u32 } from "./octets.ts";
import { type CaptureError, captureError } from "./record.ts";

/** The pcapng blocks that hold packets, or say how to read them. */
export const BlockType = {
  SECTION_HEADER: 0x0a0d0d0a,
  INTERFACE_DESCRIPTION: 1,
  PACKET: 2,
  SIMPLE_PACKET: 3,
  ENHANCED_PACKET: 6,
} as const;

/** Options that are read or written; their meaning depends on the block. */
export const OptionCode = {
  END: 0,
  COMMENT: 1,
  INTERFACE_NAME: 2,
  USER_APPLICATION: 4,
  TIMESTAMP_RESOLUTION: 9,
  TIMESTAMP_OFFSET: 14,
} as const;

const BLOCK_NAMES: ReadonlyMap<number, string> = new Map([
  [BlockType.SECTION_HEADER, "Section Header Block"],
  [BlockType.INTERFACE_DESCRIPTION, "Interface Description Block"],
  [BlockType.PACKET, "Packet Block"],
  [BlockType.SIMPLE_PACKET, "Simple Packet Block"],
  [BlockType.ENHANCED_PACKET, "Enhanced Packet Block"],
]);

/** How errors name a block. */
export function blockName(type: number): string {
  return BLOCK_NAMES.get(type) ?? `Block of type ${type}`;
}

/** One block, its lengths checked: `end` is where its trailing length stands. */
export interface Block {
  readonly reader: OctetReader;
  readonly type: number;
  /** Where its type stands in the file. */
  readonly start: number;
  /** Where its body ends. */
  readonly end: number;
}

/** Octets that every block spends on its type and its two lengths. */
const FRAME = 12;

/** The block at `start`, or what is wrong with its lengths. */
export function readBlock(reader: OctetReader, start: number): Block | CaptureError {
  const left = reader.bytes.length - start;
  if (left < FRAME) return captureError("Block", "length", start, left, `at least ${FRAME} octets`);
  const type = u32(reader, start);
  const name = blockName(type);
  const length = u32(reader, start + 4);
  if (length < FRAME || length % 4 !== 0 || length > left) {
    const right = `a multiple of 4 from ${FRAME} to the ${left} octets left of the file`;
    return captureError(name, "Block Total Length", start + 4, length, right);
  }
  const end = start + length - 4;
  const again = u32(reader, end);
  if (again !== length) {
    return captureError(name, "trailing Block Total Length", end, again, `${length} once more`);
  }
  return { reader, type, start, end };
}

/** One option of a block. */
export interface BlockOption {
  readonly code: number;
  /** Where its value stands in the file. */
  readonly at: number;
  readonly value: Uint8Array;
}

/** The options from `at` to the block's end, or what is wrong with one of them. */
export function readOptions(block: Block, at: number): BlockOption[] | CaptureError {
  const options: BlockOption[] = [];
  const { reader, end } = block;
  let next = at;
  while (next + 4 <= end) {
    const code = u16(reader, next);
    if (code === OptionCode.END) break;
    const length = u16(reader, next + 2);
    const valueAt = next + 4;
    if (valueAt + padded(length) > end) {
      const right = `at most the ${end - valueAt} octets left of the block`;
      const field = `Option ${code} Length`;
      return captureError(blockName(block.type), field, next + 2, length, right);
    }
    options.push({ code, at: valueAt, value: reader.bytes.subarray(valueAt, valueAt + length) });
    next = valueAt + padded(length);
  }
  return options;
}
