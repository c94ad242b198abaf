import type { Random } from "./random.ts";

/** Values that sit at the edges of what headers and options may say. */
const EDGES = [
  0, 1, 2, 3, 4, 5, 6, 8, 10, 28, 34, 40, 0x44, 0x4f, 0x50, 0x60, 0x7f, 0x80, 0xf0, 0xff,
];

/** The octets after one to four small accidents. */
export function mutate(original: Uint8Array, random: Random): Uint8Array {
  let bytes: Uint8Array = original.slice();
  for (let left = 1 + random.below(4); left > 0; left--) bytes = accident(bytes, random);
  return bytes;
}

function accident(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length);
  switch (random.below(8)) {
    case 0:
    case 1:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
      return bytes;
    case 2:
      bytes[at] = random.next();
      return bytes;
    case 3:
    case 4:
      bytes[at] = EDGES[random.below(EDGES.length)] ?? 0;
      return bytes;
    case 5:
      return bytes.slice(0, at);
    case 6:
      return new Uint8Array([...bytes, ...random.bytes(random.below(9))]);
    default:
      // Somewhere in the middle, octets are copied over others.
      return bytes.copyWithin(at, random.below(bytes.length), random.below(bytes.length));
  }
}
