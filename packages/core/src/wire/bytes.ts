/**
 * Reading and writing in network byte order, without a DataView: V8 reads
 * these straight from the array, and there is no view to allocate. Reading
 * past the end gives zero bits and never throws (`undefined` is 0 to the bit
 * operators, hence the casts); callers check lengths first.
 */

/** The octet at `at`. */
export function readU8(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | 0;
}

/** The two octets at `at` as an unsigned number. */
export function readU16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

/**
 * The four octets at `at` as a signed number. On hot paths `readI32(…) >>> 0`
 * is better than `readU32`: what a function returns beyond 2³¹ is boxed where
 * V8 does not inline it.
 */
export function readI32(bytes: Uint8Array, at: number): number {
  const high = ((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16);
  return high | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
}

/** The four octets at `at` as an unsigned number. */
export function readU32(bytes: Uint8Array, at: number): number {
  return readI32(bytes, at) >>> 0;
}

/** Writes the low 16 bits of `value`. */
export function writeU16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}

/** Writes the low 32 bits of `value`. */
export function writeU32(bytes: Uint8Array, at: number, value: number): void {
  writeU16(bytes, at, value >>> 16);
  writeU16(bytes, at + 2, value);
}

/** The same octets, one after another, in one array. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
