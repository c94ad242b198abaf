import { OctetWriter } from "./octet-writer.ts";
import { BlockType, OptionCode } from "./pcapng-block.ts";
import { encodeUtf8 } from "./utf8.ts";
import {
  checkTime,
  type PacketToWrite,
  WRITE_DEFAULTS,
  type WriteOptions,
} from "./write-options.ts";

/** An option's code and its text; one without a text is left out. */
type TextOption = readonly [code: number, text: string | undefined];

/**
 * A pcapng file: one section, one interface, an enhanced packet block for
 * each packet with its comment, little-endian, microseconds. Throws for a
 * time that is no non-negative integer and for a text of 65536 octets or more.
 */
export function writePcapng(
  packets: readonly PacketToWrite[],
  options: WriteOptions = {},
): Uint8Array {
  const { snapLength = WRITE_DEFAULTS.snapLength } = options;
  const out = new OctetWriter();
  writeHeader(out, options);
  for (const packet of packets) writePacket(out, packet, snapLength);
  return out.finish();
}

/** What `writePcapng` begins with: for a file that grows with every packet. */
export function pcapngHeader(options: WriteOptions = {}): Uint8Array {
  const out = new OctetWriter();
  writeHeader(out, options);
  return out.finish();
}

/** One packet of such a file, to be appended. Throws where `writePcapng` does. */
export function pcapngPacket(packet: PacketToWrite, options: WriteOptions = {}): Uint8Array {
  const out = new OctetWriter();
  writePacket(out, packet, options.snapLength ?? WRITE_DEFAULTS.snapLength);
  return out.finish();
}

function writeHeader(out: OctetWriter, options: WriteOptions): void {
  const { linkType, snapLength, application, comment, interfaceName } = {
    ...WRITE_DEFAULTS,
    ...options,
  };
  writeBlock(out, BlockType.SECTION_HEADER, () => {
    out.u32(0x1a2b3c4d);
    out.u16(1);
    out.u16(0);
    // The section's length is not given: minus one, in 64 bits.
    out.u32(0xffffffff);
    out.u32(0xffffffff);
    writeTexts(out, [
      [OptionCode.COMMENT, comment],
      [OptionCode.USER_APPLICATION, application],
    ]);
  });
  writeBlock(out, BlockType.INTERFACE_DESCRIPTION, () => {
    out.u16(linkType);
    out.u16(0);
    out.u32(snapLength);
    writeTexts(out, [[OptionCode.INTERFACE_NAME, interfaceName]]);
  });
}

function writePacket(out: OctetWriter, packet: PacketToWrite, snapLength: number): void {
  const { timeUs, data, originalLength = data.length, comment } = packet;
  checkTime(timeUs);
  const kept = data.subarray(0, snapLength);
  writeBlock(out, BlockType.ENHANCED_PACKET, () => {
    out.u32(0);
    out.u32(Math.floor(timeUs / 0x100000000));
    out.u32(timeUs % 0x100000000);
    out.u32(kept.length);
    out.u32(originalLength);
    out.octets(kept, 4);
    writeTexts(out, [[OptionCode.COMMENT, comment]]);
  });
}

/** A block's type and its length before and behind what `body` writes. */
function writeBlock(out: OctetWriter, type: number, body: () => void): void {
  const start = out.length;
  out.u32(type);
  out.u32(0);
  body();
  const length = out.length + 4 - start;
  out.u32(length);
  out.setU32(start + 4, length);
}

function writeTexts(out: OctetWriter, options: readonly TextOption[]): void {
  const given = options.filter(([, text]) => text !== undefined);
  for (const [code, text = ""] of given) {
    const octets = encodeUtf8(text);
    if (octets.length > 0xffff) {
      throw new RangeError(`a text of ${octets.length} octets does not fit; 65535 would`);
    }
    out.u16(code);
    out.u16(octets.length);
    out.octets(octets, 4);
  }
  if (given.length > 0) out.u32(OptionCode.END);
}
