import { i64, u16, u32 } from "./octets.ts";
import {
  type Block,
  type BlockOption,
  blockName,
  OptionCode,
  readOptions,
} from "./pcapng-block.ts";
import { type CaptureError, captureError } from "./record.ts";
import { MICROSECONDS, type TimestampScale, ticksPerSecond } from "./timestamp.ts";
import { decodeUtf8 } from "./utf8.ts";

/** What an interface description block says. */
export interface PcapngInterface {
  readonly linkType: number;
  /** Octets kept of each frame; 0 is no limit. */
  readonly snapLength: number;
  readonly scale: TimestampScale;
  readonly name?: string;
}

/** Octets of an interface description block before its options. */
const BODY_AT = 16;

/** The interface that a block describes, or what is wrong with the block. */
export function readInterface(block: Block): PcapngInterface | CaptureError {
  const { reader, start, end, type } = block;
  if (end - start < BODY_AT) {
    const right = "at least 20 octets";
    return captureError(blockName(type), "Block Total Length", start + 4, end + 4 - start, right);
  }
  const options = readOptions(block, start + BODY_AT);
  if ("message" in options) return options;
  const scale = readScale(block, options);
  if ("message" in scale) return scale;
  const name = options.find(({ code }) => code === OptionCode.INTERFACE_NAME);
  return {
    linkType: u16(reader, start + 8),
    snapLength: u32(reader, start + 12),
    scale,
    ...(name === undefined ? {} : { name: decodeUtf8(name.value) }),
  };
}

function readScale(
  { reader, type }: Block,
  options: readonly BlockOption[],
): TimestampScale | CaptureError {
  let scale = MICROSECONDS;
  for (const { code, at, value } of options) {
    const size = code === OptionCode.TIMESTAMP_RESOLUTION ? 1 : 8;
    const timing = code === OptionCode.TIMESTAMP_RESOLUTION || code === OptionCode.TIMESTAMP_OFFSET;
    if (!timing) continue;
    if (value.length !== size) {
      const field = `Option ${code} Length`;
      return captureError(blockName(type), field, at - 2, value.length, `${size}`);
    }
    const resolution = value[0] ?? 0;
    if (code === OptionCode.TIMESTAMP_OFFSET) scale = { ...scale, offsetSeconds: i64(reader, at) };
    // Six, the default, keeps the scale itself, and with it the short way to microseconds.
    else if (resolution !== 6) scale = { ...scale, ticksPerSecond: ticksPerSecond(resolution) };
  }
  return scale;
}
