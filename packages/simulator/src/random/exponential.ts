import { MAX_SCALE, scaled, WORD } from "./fixed.ts";
import type { WordSource } from "./words.ts";

/** The longest mean of `exponentialUs`: 25 days. */
export const MAX_MEAN_US: number = MAX_SCALE;

/** e⁻¹²⁸ is 10⁻⁵⁶: only a source that is broken comes here. */
const MOST_UNITS = 128;

/**
 * An exponential draw with mean 1, in units of 2⁻³²: an integer below 2³⁹.
 *
 * `Math.log` differs between engines by a bit in the last place, and one bit
 * moves an event. J. von Neumann's way ("Various techniques used in connection
 * with random digits", 1951) only compares: take words while each is less than
 * the one before. The run that begins with x has more than n words with
 * probability xⁿ/n!, so it is of odd length with probability e⁻ˣ, and then x is
 * the fraction. Otherwise, with probability 1/e, add one and begin again.
 * It takes 4.3 words on average, and rounds nothing but the fraction's end.
 */
export function exponentialFixed(words: WordSource): number {
  for (let units = 0; units < MOST_UNITS; units += 1) {
    const fraction = words.next();
    if (isOddRun(fraction, words)) return units * WORD + fraction;
  }
  return MOST_UNITS * WORD - 1;
}

/** Whether the falling run that begins with this word is of odd length. */
function isOddRun(first: number, words: WordSource): boolean {
  let last = first;
  let lastLow = -1;
  for (let isOdd = true; ; isOdd = !isOdd) {
    const word = words.next();
    if (word > last) return isOdd;
    let low = -1;
    if (word === last) {
      // Equal words are equal in their first 32 bits only: look at 32 more.
      if (lastLow < 0) lastLow = words.next();
      low = words.next();
      if (low >= lastLow) return isOdd;
    }
    last = word;
    lastLow = low;
  }
}

/**
 * An exponential draw in whole microseconds. It is rounded up with the chance
 * that its fraction says, so the mean is right even where it is 1 µs.
 *
 * @param meanUs an integer from 0 to `MAX_MEAN_US`; 0 draws nothing but zeros
 */
export function exponentialUs(meanUs: number, words: WordSource): number {
  if (!(Number.isInteger(meanUs) && meanUs >= 0 && meanUs <= MAX_MEAN_US)) {
    throw new RangeError(
      `synfin: the mean is ${meanUs}; it must be an integer from 0 to ${MAX_MEAN_US}`,
    );
  }
  const fixed = exponentialFixed(words);
  const units = Math.floor(fixed / WORD);
  return units * meanUs + scaled(fixed - units * WORD, meanUs, words.next());
}
