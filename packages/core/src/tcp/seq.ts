/**
 * Sequence number arithmetic, RFC 9293 §3.4: unsigned 32-bit numbers compared
 * modulo 2³². `a < b` means that b is ahead of a by less than 2³¹.
 */

/** `a + n` modulo 2³²; n may be negative. */
export function seqAdd(a: number, n: number): number {
  return (a + n) >>> 0;
}

/** How far b is ahead of a, from −2³¹ to 2³¹ − 1. */
export function seqDiff(b: number, a: number): number {
  return (b - a) | 0;
}

/** a < b, modulo 2³². */
export function seqLt(a: number, b: number): boolean {
  return ((a - b) | 0) < 0;
}

/** a =< b, modulo 2³². */
export function seqLe(a: number, b: number): boolean {
  return ((a - b) | 0) <= 0;
}

/** The later of two sequence numbers. */
export function seqMax(a: number, b: number): number {
  return seqLt(a, b) ? b : a;
}
