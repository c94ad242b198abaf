/** How an interface counts time in pcapng: its `if_tsresol` and `if_tsoffset` options. */
export interface TimestampScale {
  readonly ticksPerSecond: bigint;
  /** Seconds to be added. */
  readonly offsetSeconds: bigint;
}

/** Without `if_tsresol` and `if_tsoffset`: microseconds since 1970. */
export const MICROSECONDS: TimestampScale = { ticksPerSecond: 1_000_000n, offsetSeconds: 0n };

/** Ticks per second of an `if_tsresol` octet: a power of ten, or of two if its first bit is set. */
export function ticksPerSecond(resolution: number): bigint {
  const exponent = BigInt(resolution & 0x7f);
  return (resolution & 0x80) === 0 ? 10n ** exponent : 2n ** exponent;
}

/** Microseconds since 1970, rounded down, of the two halves of a 64-bit count of ticks. */
export function toMicroseconds(high: number, low: number, scale: TimestampScale): number {
  // The common case stays among ordinary numbers: exact, since it is below 2⁵³.
  if (scale === MICROSECONDS && high < 0x200000) return high * 0x100000000 + low;
  const ticks = (BigInt(high) << 32n) | BigInt(low);
  const { ticksPerSecond: perSecond, offsetSeconds } = scale;
  return Number((ticks * 1_000_000n) / perSecond + offsetSeconds * 1_000_000n);
}
