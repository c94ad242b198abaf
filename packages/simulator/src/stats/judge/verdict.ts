import { confidence, holds, type Interval } from "./confidence.ts";

/** What independent runs say to a number that theory expects. */
export interface Verdict {
  readonly mean: number;
  /** Null for a single run, which has none. */
  readonly interval: Interval | null;
  /** Null where a single run is not enough to tell: one that misses may have missed by chance. */
  readonly holds: boolean | null;
}

/**
 * Holds observed values against an expected one.
 *
 * @param level the probability with which the interval holds the truth, such as 0.99
 * @param error how far off the expected value itself may be, in its own unit
 */
export function verdictOf(
  observed: readonly number[],
  expected: number,
  level: number,
  error?: number,
): Verdict {
  const found = confidence(observed, level);
  const { mean } = found;
  if (observed.length > 1) {
    return { mean, interval: found, holds: holds(found, expected, error) };
  }
  const isNear = holds({ low: mean, high: mean }, expected, error);
  return { mean, interval: null, holds: isNear || null };
}
