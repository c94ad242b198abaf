/**
 * Numbers out of a file whose byte order the file itself names. Reading past
 * the end gives zero bits and never throws; callers check lengths first.
 */
export interface OctetReader {
  readonly bytes: Uint8Array;
  readonly littleEndian: boolean;
}

/** Two octets as an unsigned number. */
export function u16({ bytes, littleEndian }: OctetReader, at: number): number {
  const first = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  return littleEndian ? first | (second << 8) : (first << 8) | second;
}

/** Four octets as an unsigned number. */
export function u32(reader: OctetReader, at: number): number {
  const first = u16(reader, at);
  const second = u16(reader, at + 2);
  return (reader.littleEndian ? (second << 16) | first : (first << 16) | second) >>> 0;
}

/** Eight octets as a signed number. */
export function i64(reader: OctetReader, at: number): bigint {
  const first = BigInt(u32(reader, at));
  const second = BigInt(u32(reader, at + 4));
  const unsigned = reader.littleEndian ? (second << 32n) | first : (first << 32n) | second;
  return BigInt.asIntN(64, unsigned);
}

/** `length` rounded up to the next multiple of four, as pcapng pads. */
export function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
