/**
 * The value that a standard normal variable stays within, on both sides, with
 * the probability `level`: 1.96 for 0.95.
 */
export function normalQuantile(level: number): number {
  return solve(within, level, 8);
}

/**
 * P(|Z| < z) by the series φ(z)·2z·(1 + z²/3 + z⁴/(3·5) + …), Abramowitz and
 * Stegun 26.2.11: all its terms are positive, so nothing cancels.
 */
function within(z: number): number {
  let term = 2 * z * (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI));
  let sum = term;
  for (let k = 3; term > sum * 1e-17; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return Math.min(1, sum);
}

/** Where a function that grows from 0 at 0 reaches `wanted`, found by halving. */
export function solve(grows: (x: number) => number, wanted: number, start: number): number {
  let low = 0;
  let high = start;
  while (grows(high) < wanted) high *= 2;
  while (true) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (grows(middle) < wanted) low = middle;
    else high = middle;
  }
}
