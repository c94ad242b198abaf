import { confidence, type Interval } from "./confidence.ts";

/** When to stop. */
export interface StoppingRule {
  /** The probability with which the interval shall hold the truth. */
  readonly level: number;
  /** The half width that is good enough, as a part of the mean: 0.01. */
  readonly relativeHalfWidth: number;
  /** At least so many replications: an early lucky pair looks precise. From 2 on. */
  readonly min: number;
  /** At most so many. */
  readonly max: number;
}

/** What was found, and why no further replication was run. */
export interface Replications extends Interval {
  /** The result of each, in order. */
  readonly values: readonly number[];
  /** `limit`: the most replications allowed were not enough. */
  readonly stopped: "precise" | "limit";
}

/** Within one hundredth with 99 %, after five to a hundred replications. */
export const WITHIN_A_HUNDREDTH: StoppingRule = {
  level: 0.99,
  relativeHalfWidth: 0.01,
  min: 5,
  max: 100,
};

/**
 * Runs independent replications, one after the other and in order, until their
 * mean is known well enough. Looking after each makes the true level a little
 * lower than the nominal one; `min` keeps that small.
 *
 * @param run the result of the n-th replication, from 0
 */
export function replicate(
  run: (replication: number) => number,
  rule: StoppingRule = WITHIN_A_HUNDREDTH,
): Replications {
  const { min, max } = rule;
  if (!(Number.isInteger(min) && Number.isInteger(max) && min >= 2 && min <= max)) {
    throw new RangeError(`synfin: ${min} to ${max} replications; give at least 2, min up to max`);
  }
  const values: number[] = [];
  while (values.length < min) values.push(run(values.length));
  let found = confidence(values, rule.level);
  while (!isPrecise(found, rule) && values.length < max) {
    values.push(run(values.length));
    found = confidence(values, rule.level);
  }
  return { ...found, values, stopped: isPrecise(found, rule) ? "precise" : "limit" };
}

/** Whether an interval is as narrow as the rule wants it. A mean of 0 is precise if all are 0. */
export function isPrecise(
  { mean, halfWidth }: Interval,
  { relativeHalfWidth }: Pick<StoppingRule, "relativeHalfWidth">,
): boolean {
  return halfWidth <= relativeHalfWidth * Math.abs(mean);
}
