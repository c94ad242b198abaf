import { normalQuantile } from "./normal.ts";
import { studentT } from "./student-t.ts";

/** An estimate, and between which bounds the truth is with the probability that was asked for. */
export interface Interval {
  readonly mean: number;
  /** Half of the distance between the bounds. Infinite for a single value. */
  readonly halfWidth: number;
  readonly low: number;
  readonly high: number;
  /** How many values, or trials, it rests on. */
  readonly n: number;
}

/**
 * The mean of independent values, with Student's interval around it.
 *
 * @param values at least one
 * @param level such as 0.95 or 0.99
 */
export function confidence(values: readonly number[], level: number): Interval {
  const n = values.length;
  if (n === 0) throw new RangeError("synfin: the confidence interval of no values; give one");
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return interval(mean, Number.POSITIVE_INFINITY, n);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const error = Math.sqrt(squares / (n - 1) / n);
  return interval(mean, studentT(level, n - 1) * error, n);
}

function interval(mean: number, halfWidth: number, n: number): Interval {
  return { mean, halfWidth, low: mean - halfWidth, high: mean + halfWidth, n };
}

/**
 * Two doubles that stand for one number are no further apart than this, as a
 * part of it. The mean of n values is off by at most n × 2⁻⁵³, which is 2 × 10⁻¹³
 * for two thousand of them, and the formulas here lose less.
 */
const LAST_BITS = 1e-12;

/**
 * Whether a value lies between the bounds, or within `error` of them.
 *
 * @param error how far off the value itself may be, in its own unit
 */
export function holds(
  { low, high }: Pick<Interval, "low" | "high">,
  value: number,
  error = 0,
): boolean {
  const slack = error + LAST_BITS * Math.abs(value);
  return value >= low - slack && value <= high + slack;
}

/**
 * A proportion, with Wilson's interval (E. B. Wilson, 1927), which stays within
 * 0 and 1 and is sound where all trials, or none of them, succeed. `mean` is
 * the proportion that was seen; the interval is not centred on it.
 *
 * @param successes an integer from 0 to `trials`
 * @param trials at least one; independent, which connections of one run are not
 */
export function proportion(successes: number, trials: number, level: number): Interval {
  if (!(trials >= 1 && successes >= 0 && successes <= trials)) {
    throw new RangeError(
      `synfin: ${successes} successes in ${trials} trials; give 1 trial or more`,
    );
  }
  const z2 = normalQuantile(level) ** 2;
  const mean = successes / trials;
  const centre = (successes + z2 / 2) / (trials + z2);
  const spread = mean * (1 - mean) * trials + z2 / 4;
  const halfWidth = Math.sqrt(z2 * spread) / (trials + z2);
  const low = Math.max(0, centre - halfWidth);
  return { mean, halfWidth, low, high: Math.min(1, centre + halfWidth), n: trials };
}
