/**
 * The map between virtual time and the vertical axis of a ladder: strictly
 * increasing and piecewise linear, so that waits can be folded into little
 * space while playing and scrubbing stay smooth.
 */
export interface TimeMap {
  /** Where a time stands, in pixels; times outside of the run stand at its ends. */
  readonly y: (atUs: number) => number;
  /** The time that stands there, in whole microseconds: the inverse of `y`. */
  readonly atUs: (y: number) => number;
  readonly startY: number;
  readonly endY: number;
  readonly endUs: number;
}

/**
 * The map through the given points, at least two.
 *
 * @throws where either coordinate does not increase: there would be no inverse.
 */
export function timeMap(times: readonly number[], ys: readonly number[]): TimeMap {
  if (times.length < 2 || times.length !== ys.length) {
    throw new Error(
      `a time map needs as many times as heights, two or more: ${times.length}, ${ys.length}`,
    );
  }
  assertIncreasing(times);
  assertIncreasing(ys);
  return {
    y: (atUs) => interpolate(times, ys, atUs),
    atUs: (y) => Math.round(interpolate(ys, times, y)),
    startY: at(ys, 0),
    endY: at(ys, ys.length - 1),
    endUs: at(times, times.length - 1),
  };
}

function assertIncreasing(values: readonly number[]): void {
  for (let index = 1; index < values.length; index++) {
    if (at(values, index) > at(values, index - 1)) continue;
    throw new Error(
      `a time map must increase, but ${at(values, index)} follows ${at(values, index - 1)}`,
    );
  }
}

function interpolate(from: readonly number[], to: readonly number[], value: number): number {
  const last = from.length - 1;
  if (value <= at(from, 0)) return at(to, 0);
  if (value >= at(from, last)) return at(to, last);
  const index = floorIndex(from, value);
  const start = at(from, index);
  const share = (value - start) / (at(from, index + 1) - start);
  return at(to, index) + share * (at(to, index + 1) - at(to, index));
}

/** The last index whose value is not greater; `values[0] <= value < values.at(-1)`. */
function floorIndex(values: readonly number[], value: number): number {
  let low = 0;
  let high = values.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at(values, middle) <= value) low = middle;
    else high = middle;
  }
  return low;
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? Number.NaN;
}
