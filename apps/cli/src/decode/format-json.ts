import type { TcpOption } from "@synfin/core/wire";
import type { DecodedFrame, SegmentFrame } from "./decode-frame.ts";

/** A frame as one line of JSON, without the line's end. Octets are hexadecimal. */
export function formatJson(frame: DecodedFrame): string {
  return JSON.stringify("options" in frame ? segmentToJson(frame) : frame);
}

/** What is nearly always zero or empty is left out unless it is not. */
function segmentToJson({ reserved, optionErrors, ...segment }: SegmentFrame): object {
  return {
    ...segment,
    ...(reserved === 0 ? {} : { reserved }),
    options: segment.options.map(optionToJson),
    ...(optionErrors.length === 0 ? {} : { optionErrors }),
  };
}

function optionToJson(option: TcpOption): object {
  switch (option.name) {
    case "eol":
      return { name: option.name, padding: toHex(option.padding) };
    case "unknown":
      return { name: option.name, kind: option.kind, data: toHex(option.data) };
    case "malformed":
      return { name: option.name, bytes: toHex(option.bytes) };
    default:
      return option;
  }
}

/** Octets as one word of hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (octet) => octet.toString(16).padStart(2, "0")).join("");
}
