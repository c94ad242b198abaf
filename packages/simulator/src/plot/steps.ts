/** 1, 2 or 5 times a power of ten, so that about so many steps make the whole; at least 1. */
export function niceStep(max: number, wanted: number): number {
  return roundUp(Math.max(max / wanted, 1));
}

/** The next 1, 2 or 5 times a power of ten, of any positive number. */
export function roundUp(rough: number): number {
  let power = 1;
  while (power * 10 <= rough) power *= 10;
  while (power > rough && power > Number.MIN_VALUE) power /= 10;
  const factor = [1, 2, 5].find((candidate) => candidate * power >= rough) ?? 10;
  return factor * power;
}

const SECOND = 1_000_000;
const HOUR = 3600 * SECOND;
/** Steps that clocks have: seconds by 15 and 30, minutes by 3, 5, 10, 15 and 30, hours. */
const CLOCK_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 300, 600, 900, 1800, 3600].map(
  (s) => s * SECOND,
);

/** A step of a clock in microseconds, so that about so many make the whole. */
export function timeStep(maxUs: number, wanted: number): number {
  const rough = maxUs / wanted;
  if (rough < SECOND) return niceStep(maxUs, wanted);
  return CLOCK_STEPS.find((step) => step >= rough) ?? niceStep(maxUs / HOUR, wanted) * HOUR;
}
