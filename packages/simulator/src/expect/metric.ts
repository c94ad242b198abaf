import type { MetricName } from "./expectation.ts";

/**
 * What a number counts, and so which units suit it. A `count` is of
 * connections, a `time` in microseconds, a `rate` per second, a `ratio` in
 * parts of one; a plain `number` says nothing of itself.
 */
export type MetricKind = "count" | "time" | "rate" | "ratio" | "number";

export interface Metric {
  readonly value: number;
  readonly kind: MetricKind;
}

/** Where the names of an expectation find their numbers. */
export interface Lookup {
  /** The number of this name; undefined if there is none of that name. */
  find(name: MetricName): Metric | undefined;
  /** The connections that have been opened: the whole of which `%` of a count is a part. */
  opened(): number;
  /** Names that there are, for an error to suggest. */
  names(): readonly string[];
}
