import { WORD } from "./fixed.ts";
import type { WordSource } from "./words.ts";

const LARGEST = 2 ** 53;

/**
 * An integer from 0 to limit − 1, each as likely as the other: words that
 * would favour the small ones are passed over.
 *
 * @param limit an integer from 1 to 2⁵³
 */
export function uniform(limit: number, words: WordSource): number {
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= LARGEST)) {
    throw new RangeError(`synfin: the limit is ${limit}; it must be an integer from 1 to 2⁵³`);
  }
  return limit <= WORD ? below(limit, WORD, words) : below(limit, LARGEST, words);
}

function below(limit: number, range: number, words: WordSource): number {
  const usable = range - (range % limit);
  for (;;) {
    const value = range === WORD ? words.next() : (words.next() >>> 11) * WORD + words.next();
    if (value < usable) return value % limit;
  }
}

/**
 * How many trials fail before the first that succeeds, if each succeeds with
 * the chance `numerator / denominator`; (1 − p) / p on average. It makes the
 * trials one by one, so it suits counts of requests and not of packets.
 *
 * @param numerator an integer from 1 to the denominator
 */
export function geometric(numerator: number, denominator: number, words: WordSource): number {
  if (!(Number.isInteger(numerator) && numerator >= 1 && numerator <= denominator)) {
    throw new RangeError(
      `synfin: the chance is ${numerator}/${denominator}; it must be over 0 and at most 1`,
    );
  }
  let failures = 0;
  while (uniform(denominator, words) >= numerator) failures += 1;
  return failures;
}
