import { writeU16, writeU32 } from "./bytes.ts";
import { OptionKind, type TcpOption } from "./option.ts";
import { outOfRange } from "./range.ts";
import type { WireError } from "./result.ts";

/** How many octets an option takes in the header. */
function optionSize(option: TcpOption): number {
  switch (option.name) {
    case "eol":
      return 1 + option.padding.length;
    case "nop":
      return 1;
    case "sack-permitted":
      return 2;
    case "window-scale":
      return 3;
    case "mss":
    case "user-timeout":
      return 4;
    case "timestamps":
      return 10;
    case "sack":
      return 2 + 8 * option.blocks.length;
    case "unknown":
      return 2 + option.data.length;
    case "malformed":
      return option.bytes.length;
  }
}

/** How many octets these options take, without padding. */
export function optionsSize(options: readonly TcpOption[]): number {
  return options.reduce((size, option) => size + optionSize(option), 0);
}

/** The first value among the options that its field cannot hold, if there is one. */
export function checkOption(option: TcpOption): WireError | undefined {
  switch (option.name) {
    case "mss":
      return outOfRange("MSS", option.value, 0xffff);
    case "window-scale":
      return outOfRange("shift.cnt", option.shift, 0xff);
    case "timestamps":
      return (
        outOfRange("TSval", option.value, 0xffffffff) ??
        outOfRange("TSecr", option.echoReply, 0xffffffff)
      );
    case "user-timeout":
      return outOfRange("User Timeout", option.timeout, 0x7fff);
    case "unknown":
      // How long it is counts with all of them, in the size of the options.
      return outOfRange("Kind", option.kind, 0xff, 2);
    case "sack":
      return checkBlocks(option.blocks.flatMap(({ left, right }) => [left, right]));
    default:
      return undefined;
  }
}

function checkBlocks(edges: readonly number[]): WireError | undefined {
  const tooFew = outOfRange("SACK block count", edges.length / 2, 4, 1);
  if (tooFew !== undefined) return tooFew;
  for (const edge of edges) {
    const error = outOfRange("SACK block edge", edge, 0xffffffff);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** Writes the options from `at` on; room and ranges have been checked. */
export function writeOptions(bytes: Uint8Array, at: number, options: readonly TcpOption[]): void {
  let next = at;
  for (const option of options) {
    writeOption(bytes, next, option);
    next += optionSize(option);
  }
}

function writeOption(bytes: Uint8Array, at: number, option: TcpOption): void {
  switch (option.name) {
    case "eol":
      bytes[at] = OptionKind.EOL;
      bytes.set(option.padding, at + 1);
      return;
    case "nop":
      bytes[at] = OptionKind.NOP;
      return;
    case "malformed":
      bytes.set(option.bytes, at);
      return;
    case "unknown":
      writeHead(bytes, at, option.kind, option);
      bytes.set(option.data, at + 2);
      return;
    case "mss":
      writeHead(bytes, at, OptionKind.MSS, option);
      writeU16(bytes, at + 2, option.value);
      return;
    case "window-scale":
      writeHead(bytes, at, OptionKind.WINDOW_SCALE, option);
      bytes[at + 2] = option.shift;
      return;
    case "sack-permitted":
      writeHead(bytes, at, OptionKind.SACK_PERMITTED, option);
      return;
    case "timestamps":
      writeHead(bytes, at, OptionKind.TIMESTAMPS, option);
      writeU32(bytes, at + 2, option.value);
      writeU32(bytes, at + 6, option.echoReply);
      return;
    case "user-timeout":
      writeHead(bytes, at, OptionKind.USER_TIMEOUT, option);
      writeU16(bytes, at + 2, (option.unit === "minutes" ? 0x8000 : 0) | option.timeout);
      return;
    case "sack":
      writeHead(bytes, at, OptionKind.SACK, option);
      option.blocks.forEach(({ left, right }, index) => {
        writeU32(bytes, at + 2 + 8 * index, left);
        writeU32(bytes, at + 6 + 8 * index, right);
      });
      return;
  }
}

function writeHead(bytes: Uint8Array, at: number, kind: number, option: TcpOption): void {
  bytes[at] = kind;
  bytes[at + 1] = optionSize(option);
}
