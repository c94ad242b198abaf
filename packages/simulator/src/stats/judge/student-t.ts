import { normalQuantile, solve } from "./normal.ts";

/** From so many degrees of freedom on, the difference to the normal is a small correction. */
const MANY = 2_000;

/**
 * The value that a variable with Student's t distribution stays within, on
 * both sides, with the probability `level`: 2.776 for 0.95 and 4 degrees.
 *
 * Our own, because of the libraries that have it @stdlib's brings over 200 packages
 * and jstat 1.2 MB, and for whole degrees of freedom it is a finite sum.
 *
 * @param level over 0 and below 1
 * @param degrees of freedom, an integer from 1: one less than the samples
 */
export function studentT(level: number, degrees: number): number {
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`synfin: the level is ${level}; it must be over 0 and below 1`);
  }
  if (!(Number.isInteger(degrees) && degrees >= 1)) {
    throw new RangeError(`synfin: ${degrees} degrees of freedom; give an integer from 1`);
  }
  if (degrees >= MANY) return nearNormal(normalQuantile(level), degrees);
  return solve((t) => within(t, degrees), level, 8);
}

/**
 * P(|T| < t), Abramowitz and Stegun 26.7.3 and 26.7.4: with tan θ = t/√ν, a sum
 * of about ν/2 powers of cos² θ. All of them are positive, so nothing cancels.
 */
function within(t: number, degrees: number): number {
  const hypotenuse = Math.sqrt(degrees + t * t);
  const sine = t / hypotenuse;
  const cosine2 = degrees / (degrees + t * t);
  const isOdd = degrees % 2 === 1;
  let sum = 0;
  let term = isOdd ? Math.sqrt(degrees) / hypotenuse : 1;
  for (let k = isOdd ? 3 : 2; k <= degrees; k += 2) {
    sum += term;
    term *= (cosine2 * (k - 1)) / k;
  }
  if (!isOdd) return sine * sum;
  return (2 / Math.PI) * (Math.atan(t / Math.sqrt(degrees)) + sine * sum);
}

/** Abramowitz and Stegun 26.7.5, two terms; what is left out is below ν⁻³. */
function nearNormal(z: number, degrees: number): number {
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  return z + first / degrees + second / degrees ** 2;
}
