/**
 * P(|Δ| < delay), where Δ is the difference of two exponential times with this
 * mean: 1 − e^(−delay / error).
 */
export function crossingChance(delayUs: number, errorUs: number): number {
  return errorUs === 0 ? 1 : 1 - Math.exp(-delayUs / errorUs);
}
