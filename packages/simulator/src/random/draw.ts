/**
 * Keyed randomness: a draw depends on what it is for and on nothing that
 * happened before it, so a fault added here changes no draw there, and shards
 * agree (docs/architecture.md, "Determinism").
 */

/** What a draw decides. Each purpose has numbers of its own. */
export const Purpose = {
  ISS: 1,
  LOSS: 2,
  CORRUPT: 3,
  CORRUPT_BIT: 4,
  DUPLICATE: 5,
  REORDER: 6,
  JITTER: 7,
  ARRIVAL: 8,
  /** When a client of a crowd opens. */
  OPEN: 9,
  /** How long it holds its connection. */
  HOLD: 10,
  /** How long it is silent between two requests. */
  THINK: 11,
  /** Which of several ways it goes. */
  CHOICE: 12,
  /** Where the search for a port begins. */
  PORT: 13,
  /** Which client or server it is. */
  CLIENT: 14,
} as const;

export type Purpose = (typeof Purpose)[keyof typeof Purpose];

/** What the draws of one run have in common: the seed and the scenario's name. */
export function drawKey(seed: number, scenario: string): number {
  let key = mix(0x9e37_79b9, seed >>> 0);
  key = mix(key, Math.floor(seed / 0x1_0000_0000) >>> 0);
  for (let index = 0; index < scenario.length; index += 1) {
    key = mix(key, scenario.charCodeAt(index));
  }
  return key;
}

/** An even draw from 0 to 2³² − 1. */
export function draw(
  key: number,
  purpose: Purpose,
  flow: number,
  host: number,
  transmission: number,
): number {
  return finish(mix(mix(mix(mix(key, purpose), flow), host), transmission));
}

/** One in `denominator` draws, `numerator` times over. */
export function hits(value: number, numerator: number, denominator: number): boolean {
  return value % denominator < numerator;
}

/** MurmurHash3's round (public domain): every bit of `word` reaches every bit of the hash. */
export function mix(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e_2d51);
  k = (k << 15) | (k >>> 17);
  let h = hash ^ Math.imul(k, 0x1b87_3593);
  h = (h << 13) | (h >>> 19);
  return (Math.imul(h, 5) + 0xe654_6b64) | 0;
}

/** MurmurHash3's finaliser; unsigned. */
export function finish(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
