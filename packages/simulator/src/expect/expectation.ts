import type { Ratio } from "../scenario/scenario.ts";

/**
 * What a run shall come to: comparisons that must all hold.
 *
 *     failed < 0.1% and p99(connect) <= 250ms
 *
 * A comparison is `name op number[unit]`; comparisons are joined by `and`.
 */
export type Expectation = readonly Comparison[];

export interface Comparison {
  readonly left: MetricName;
  readonly operator: Operator;
  readonly right: Quantity;
}

export const OPERATORS = ["<", "<=", ">", ">=", "=", "!="] as const;
export type Operator = (typeof OPERATORS)[number];

/** A name as it was written, and at which character, from 1. */
export type MetricName = { readonly text: string; readonly at: number } & (
  | { readonly type: "path" }
  /** `p99.9(connect)`: the part is `[999, 1000]`. */
  | { readonly type: "percentile"; readonly part: Ratio; readonly of: string }
);

/**
 * A number with its unit, as a ratio of integers, so that 0.1 % is 1/1000 and
 * not the double beside it. Times are in microseconds, rates per second, shares
 * in parts of one.
 */
export interface Quantity {
  readonly kind: "plain" | "share" | "time" | "rate";
  readonly numerator: number;
  readonly denominator: number;
  /** As it was written. */
  readonly text: string;
  readonly at: number;
}

/** A value, or one line that names what was wrong, the bad text, and what would be right. */
export type ExpectResult<T> =
  | { readonly ok: true; readonly value: T }
  /** `at` is the character, from 1, at which the text went wrong. */
  | { readonly ok: false; readonly message: string; readonly at: number };
