/** Fractions are words: integers in units of 2⁻³². */
export const WORD = 0x1_0000_0000;

/** The largest number of microseconds that `scaled` scales exactly: 25 days. */
export const MAX_SCALE: number = 2 ** 41 - 1;

const SPLIT = 2 ** 20;

/**
 * ⌊(fraction · scale + extra) / 2³²⌋, exactly: the scale is split at 20 bits,
 * so no product reaches 2⁵³, and the floor of a floor is the floor of the whole.
 *
 * @param fraction a word
 * @param scale an integer up to `MAX_SCALE`
 * @param extra a word, too: an even one rounds up with the chance that is right
 */
export function scaled(fraction: number, scale: number, extra: number): number {
  const high = Math.floor(scale / SPLIT);
  const low = scale - high * SPLIT;
  const upper = fraction * high + Math.floor((fraction * low + extra) / SPLIT);
  return Math.floor(upper / (WORD / SPLIT));
}
