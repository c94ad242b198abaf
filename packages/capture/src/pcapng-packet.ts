import { padded, u16, u32 } from "./octets.ts";
import { type Block, BlockType, blockName, OptionCode, readOptions } from "./pcapng-block.ts";
import type { PcapngInterface } from "./pcapng-interface.ts";
import { type CaptureError, type CaptureRecord, captureError } from "./record.ts";
import { toMicroseconds } from "./timestamp.ts";
import { decodeUtf8 } from "./utf8.ts";

/** The frame in a packet block of any of the three kinds, or what is wrong with the block. */
export function readPacket(
  block: Block,
  interfaces: readonly PcapngInterface[],
  number: number,
): CaptureRecord | CaptureError {
  const bodyAt = block.type === BlockType.SIMPLE_PACKET ? 12 : 28;
  const { start, end } = block;
  if (end - start < bodyAt) {
    const right = `at least ${bodyAt + 4} octets`;
    return captureError(
      blockName(block.type),
      "Block Total Length",
      start + 4,
      end + 4 - start,
      right,
    );
  }
  const from = readSource(block, interfaces);
  if ("message" in from) return from;
  return block.type === BlockType.SIMPLE_PACKET
    ? readSimple(block, from, number)
    : readTimed(block, from, number);
}

/** The interface that the frame came from. Simple packets are all from the first one. */
function readSource(
  { reader, start, type }: Block,
  interfaces: readonly PcapngInterface[],
): PcapngInterface | CaptureError {
  // The obsolete block shares the word with a count of drops.
  const narrow = type === BlockType.PACKET;
  const id = narrow ? u16(reader, start + 8) : u32(reader, start + 8);
  const index = type === BlockType.SIMPLE_PACKET ? 0 : id;
  const described = interfaces[index];
  if (described !== undefined) return described;
  const right = `below ${interfaces.length}, the number of interfaces described before it`;
  return captureError(blockName(type), "Interface ID", start + 8, index, right);
}

function readSimple(
  { reader, start, end }: Block,
  from: PcapngInterface,
  number: number,
): CaptureRecord {
  const originalLength = u32(reader, start + 8);
  // The block does not say how much was kept: it is what the snapshot length and the block allow.
  const limit = from.snapLength === 0 ? originalLength : Math.min(originalLength, from.snapLength);
  const captured = Math.min(limit, end - start - 12);
  const data = reader.bytes.subarray(start + 12, start + 12 + captured);
  return { number, linkType: from.linkType, data, originalLength, ...named(from) };
}

function readTimed(
  block: Block,
  from: PcapngInterface,
  number: number,
): CaptureRecord | CaptureError {
  const { reader, start, end, type } = block;
  const captured = u32(reader, start + 20);
  const dataAt = start + 28;
  if (padded(captured) > end - dataAt) {
    const right = `at most the ${end - dataAt} octets left of the block`;
    return captureError(blockName(type), "Captured Packet Length", start + 20, captured, right);
  }
  const options = readOptions(block, dataAt + padded(captured));
  if ("message" in options) return options;
  const comments = options
    .filter(({ code }) => code === OptionCode.COMMENT)
    .map(({ value }) => decodeUtf8(value));
  return {
    number,
    timeUs: toMicroseconds(u32(reader, start + 12), u32(reader, start + 16), from.scale),
    linkType: from.linkType,
    data: reader.bytes.subarray(dataAt, dataAt + captured),
    originalLength: u32(reader, start + 24),
    ...named(from),
    ...(comments.length === 0 ? {} : { comments }),
  };
}

function named({ name }: PcapngInterface): { interfaceName?: string } {
  return name === undefined ? {} : { interfaceName: name };
}
