/**
 * What decoding and encoding give back: a value, or the reason why there is
 * none. Nothing here throws for what it was given; a throw would be a bug.
 */
export type Result<T> = Ok<T> | Refused;

/** It worked. */
export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

/** It was refused, and this is why. */
export interface Refused {
  readonly ok: false;
  readonly error: WireError;
}

/** One thing that is wrong with some bytes, or with a value to be written. */
export interface WireError {
  readonly kind: WireErrorKind;
  /** The field as the RFC's header diagram names it: `Data Offset`, `IHL`, `Kind 2 Length`. */
  readonly field: string;
  /** Where the field stands: octets from the start of what was handed over. */
  readonly offset: number;
  /** What stood there. */
  readonly value: number | string;
  /** What is wrong, the bad value, and what would be right; one line. */
  readonly message: string;
}

/**
 * Why bytes are refused, or reported:
 *
 * - `too-short`: ends before the fixed part of a header does.
 * - `version`: neither IPv4 nor IPv6.
 * - `header-length`: an IHL or a data offset below the fixed header's length.
 * - `header-overrun`: a header that says it is longer than what carries it.
 * - `total-length`: an IPv4 total length shorter than its own header.
 * - `truncated`: fewer octets than the IP header announces.
 * - `not-tcp`: a whole IP packet of another protocol.
 * - `fragment`: a piece of a fragmented IP packet; its segment is not whole.
 * - `option-length`: a TCP option of illegal length (RFC 9293 MUST-7). The
 *   only kind that stands beside a segment and does not refuse it.
 *
 * The hot reading path returns 1 + a kind's index here.
 */
export const DECODE_ERROR_KINDS = [
  "too-short",
  "version",
  "header-length",
  "header-overrun",
  "total-length",
  "truncated",
  "not-tcp",
  "fragment",
  "option-length",
] as const;

/** Why bytes are refused, see `DECODE_ERROR_KINDS`. */
export type DecodeErrorKind = (typeof DECODE_ERROR_KINDS)[number];

/** All kinds: those of decoding, a text that is no address, a value that its field cannot hold. */
export type WireErrorKind = DecodeErrorKind | "address" | "out-of-range";

/** A success. */
export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

/** A refusal. `right` completes the sentence "…, but it should be …". */
export function refuse(
  kind: WireErrorKind,
  field: string,
  offset: number,
  value: number | string,
  right: string,
): Refused {
  return { ok: false, error: wireError(kind, field, offset, value, right) };
}

/** An error value, for those that stand beside a result. */
export function wireError(
  kind: WireErrorKind,
  field: string,
  offset: number,
  value: number | string,
  right: string,
): WireError {
  const shown = typeof value === "string" ? JSON.stringify(value) : value;
  const message = `${field} at offset ${offset} is ${shown}, but it should be ${right}`;
  return { kind, field, offset, value, message };
}
