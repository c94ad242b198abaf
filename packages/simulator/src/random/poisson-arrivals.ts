import { exponentialFixed } from "./exponential.ts";
import { MAX_SCALE, scaled, WORD } from "./fixed.ts";
import type { WordSource } from "./words.ts";

/**
 * The times of a Poisson process, in whole microseconds from zero on. It adds
 * up its gaps before it rounds, so no rate is rounded to whole microseconds
 * between two arrivals: 300,000/s come at 300,000/s.
 */
export class PoissonArrivals {
  readonly #count: number;
  readonly #periodUs: number;
  #units = 0;
  #fraction = 0;

  /**
   * So many arrivals on average in each period, both integers: `(1, 3_600_000_000)`
   * is one an hour. Gaps add up exactly for 2⁵³ / periodUs arrivals, which are
   * nine billion where the period is a second.
   */
  constructor(count: number, periodUs = 1_000_000) {
    if (!(isPositive(count) && isPositive(periodUs) && periodUs <= MAX_SCALE)) {
      throw new RangeError(
        `synfin: ${count} arrivals in ${periodUs} µs; both must be integers from 1, the period at most ${MAX_SCALE}`,
      );
    }
    this.#count = count;
    this.#periodUs = periodUs;
  }

  /** The time of the next arrival; the gap to it is drawn from these words. */
  next(words: WordSource): number {
    const gap = exponentialFixed(words);
    const fraction = this.#fraction + (gap % WORD);
    this.#units += Math.floor(gap / WORD) + (fraction >= WORD ? 1 : 0);
    this.#fraction = fraction % WORD;
    const parts = this.#units * this.#periodUs + scaled(this.#fraction, this.#periodUs, 0);
    return Math.floor(parts / this.#count);
  }
}

function isPositive(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}
