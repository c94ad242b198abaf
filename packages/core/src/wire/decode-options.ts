import { readU8, readU16, readU32 } from "./bytes.ts";
import { OptionKind, type SackBlock, type TcpOption } from "./option.ts";
import { type WireError, wireError } from "./result.ts";

/** What the options of a header say, and which of them have an illegal length (MUST-7). */
export interface DecodedOptions {
  readonly options: readonly TcpOption[];
  readonly errors: readonly WireError[];
}

/**
 * The options between `start` and `end` of `bytes`. Nothing is refused: what
 * cannot be read is kept raw, and reported. `base` is added to the offsets in
 * errors. Octet arrays in the options are views of `bytes`, not copies.
 */
export function decodeOptions(
  bytes: Uint8Array,
  start: number,
  end: number,
  base = 0,
): DecodedOptions {
  const options: TcpOption[] = [];
  const errors: WireError[] = [];
  let at = start;
  while (at < end) {
    const kind = readU8(bytes, at);
    const length = optionLength(bytes, at, end);
    if (length === 0) {
      errors.push(lengthError(bytes, at, end, base));
      options.push({ name: "malformed", bytes: bytes.subarray(at, end) });
      break;
    }
    if (kind === OptionKind.EOL) {
      options.push({ name: "eol", padding: bytes.subarray(at + 1, end) });
      break;
    }
    if (!isLegalLength(kind, length)) errors.push(lengthError(bytes, at, end, base));
    options.push(decodeOption(bytes, at, kind, length));
    at += length;
  }
  return { options, errors };
}

/** How many octets the option at `at` takes; 0 if its length is missing, below 2 or too long. */
export function optionLength(bytes: Uint8Array, at: number, end: number): number {
  const kind = readU8(bytes, at);
  if (kind === OptionKind.EOL || kind === OptionKind.NOP) return 1;
  const length = at + 1 < end ? readU8(bytes, at + 1) : 0;
  return length >= 2 && at + length <= end ? length : 0;
}

/** Whether an option of this kind may have this length; an unknown kind may have any. */
export function isLegalLength(kind: number, length: number): boolean {
  switch (kind) {
    case OptionKind.MSS:
    case OptionKind.USER_TIMEOUT:
      return length === 4;
    case OptionKind.WINDOW_SCALE:
      return length === 3;
    case OptionKind.SACK_PERMITTED:
      return length === 2;
    case OptionKind.SACK:
      return length >= 10 && length % 8 === 2;
    case OptionKind.TIMESTAMPS:
      return length === 10;
    default:
      return true;
  }
}

function decodeOption(bytes: Uint8Array, at: number, kind: number, length: number): TcpOption {
  if (kind === OptionKind.NOP) return { name: "nop" };
  if (isLegalLength(kind, length)) {
    switch (kind) {
      case OptionKind.MSS:
        return { name: "mss", value: readU16(bytes, at + 2) };
      case OptionKind.WINDOW_SCALE:
        return { name: "window-scale", shift: readU8(bytes, at + 2) };
      case OptionKind.SACK_PERMITTED:
        return { name: "sack-permitted" };
      case OptionKind.SACK:
        return { name: "sack", blocks: decodeBlocks(bytes, at + 2, at + length) };
      case OptionKind.TIMESTAMPS:
        return timestamps(bytes, at);
      case OptionKind.USER_TIMEOUT:
        return userTimeout(readU16(bytes, at + 2));
    }
  }
  return { name: "unknown", kind, data: bytes.subarray(at + 2, at + length) };
}

function decodeBlocks(bytes: Uint8Array, start: number, end: number): SackBlock[] {
  const blocks: SackBlock[] = [];
  for (let at = start; at < end; at += 8) {
    blocks.push({ left: readU32(bytes, at), right: readU32(bytes, at + 4) });
  }
  return blocks;
}

function timestamps(bytes: Uint8Array, at: number): TcpOption {
  return { name: "timestamps", value: readU32(bytes, at + 2), echoReply: readU32(bytes, at + 6) };
}

/** RFC 5482 §3.2: the first bit chooses minutes over seconds. */
function userTimeout(word: number): TcpOption {
  const unit = (word & 0x8000) === 0 ? "seconds" : "minutes";
  return { name: "user-timeout", unit, timeout: word & 0x7fff };
}

const LEGAL_LENGTHS: Readonly<Record<number, string>> = {
  [OptionKind.MSS]: "4",
  [OptionKind.WINDOW_SCALE]: "3",
  [OptionKind.SACK_PERMITTED]: "2",
  [OptionKind.SACK]: "10, 18, 26 or 34",
  [OptionKind.TIMESTAMPS]: "10",
  [OptionKind.USER_TIMEOUT]: "4",
};

function lengthError(bytes: Uint8Array, at: number, end: number, base: number): WireError {
  const kind = readU8(bytes, at);
  const field = `Kind ${kind} Length`;
  const left = end - at;
  const legal = LEGAL_LENGTHS[kind] ?? "at least 2";
  const right = `${legal} and no more than the ${left} octets left of the options`;
  const value = left > 1 ? readU8(bytes, at + 1) : "missing";
  return wireError("option-length", field, base + at + 1, value, right);
}
