import type { EventTime } from "../ast.ts";

/** How far off a time may be. */
export interface Tolerance {
  readonly us: number;
  /** Of the time since the event before, in hundredths of a percent. */
  readonly basisPoints: number;
}

/** When something may happen, and when it is due. */
export interface Span {
  readonly fromUs: number;
  readonly toUs: number;
  /** What the next event's relative time counts from; undefined for the time at which it came. */
  readonly baseUs: number | undefined;
}

/** When an expected segment may come. `lastUs` is the event before. */
export function spanOf(time: EventTime, lastUs: number, tolerance: Tolerance): Span {
  if (time.type === "any") return { fromUs: 0, toUs: Number.POSITIVE_INFINITY, baseUs: undefined };
  const base = time.type.startsWith("relative") ? lastUs : 0;
  const startUs = base + time.us;
  const isRange = time.type === "absolute-range" || time.type === "relative-range";
  const endUs = isRange ? base + time.endUs : startUs;
  const slackUs = toleranceUs(tolerance, startUs - lastUs);
  const baseUs = isRange ? undefined : startUs;
  return { fromUs: startUs - slackUs, toUs: endUs + slackUs, baseUs };
}

/** The greater of the two tolerances, for something that is `deltaUs` after the event before. */
export function toleranceUs({ us, basisPoints }: Tolerance, deltaUs: number): number {
  return Math.max(us, Math.floor((Math.max(0, deltaUs) * basisPoints) / 10_000));
}
