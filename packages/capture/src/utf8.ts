/**
 * UTF-8 in and out. `TextEncoder` belongs to browsers and Node, not to the
 * language, and this package names neither.
 */

const REPLACEMENT = 0xfffd;

/** The octets of a text; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const octets: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? REPLACEMENT;
    pushPoint(octets, point >= 0xd800 && point <= 0xdfff ? REPLACEMENT : point);
  }
  return Uint8Array.from(octets);
}

function pushPoint(octets: number[], point: number): void {
  if (point < 0x80) {
    octets.push(point);
  } else if (point < 0x800) {
    octets.push(0xc0 | (point >> 6), tail(point));
  } else if (point < 0x10000) {
    octets.push(0xe0 | (point >> 12), tail(point >> 6), tail(point));
  } else {
    octets.push(0xf0 | (point >> 18), tail(point >> 12), tail(point >> 6), tail(point));
  }
}

/** A continuation octet with the low six bits. */
function tail(bits: number): number {
  return 0x80 | (bits & 0x3f);
}

/** The text of octets; each octet that is not part of UTF-8 becomes U+FFFD. */
export function decodeUtf8(octets: Uint8Array): string {
  let text = "";
  let at = 0;
  while (at < octets.length) {
    const size = sizeOf(octets[at] ?? 0);
    const point = size === 0 ? undefined : pointAt(octets, at, size);
    text += String.fromCodePoint(point ?? REPLACEMENT);
    at += point === undefined ? 1 : size;
  }
  return text;
}

/** How many octets a character takes that starts with this one; 0 where none does. */
function sizeOf(first: number): number {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

function pointAt(octets: Uint8Array, at: number, size: number): number | undefined {
  const first = octets[at] ?? 0;
  let point = size === 1 ? first : first & (0xff >> (size + 1));
  for (let index = 1; index < size; index++) {
    const octet = octets[at + index] ?? 0;
    if ((octet & 0xc0) !== 0x80) return undefined;
    point = (point << 6) | (octet & 0x3f);
  }
  const least = [0, 0, 0x80, 0x800, 0x10000][size] ?? 0;
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  return point < least || point > 0x10ffff || surrogate ? undefined : point;
}
