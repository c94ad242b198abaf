import { type WireError, wireError } from "./result.ts";

/** An error if `value` is not an integer from `min` to `max`: its field could not hold it. */
export function outOfRange(
  field: string,
  value: number,
  max: number,
  min = 0,
): WireError | undefined {
  if (Number.isInteger(value) && value >= min && value <= max) return undefined;
  // A value that has not been written yet stands at no offset; 0 says so for all of them.
  return wireError("out-of-range", field, 0, value, `an integer from ${min} to ${max}`);
}

/** The first of these fields whose value does not fit. */
export function firstOutOfRange(
  fields: readonly (readonly [field: string, value: number, max: number, min?: number])[],
): WireError | undefined {
  for (const [field, value, max, min] of fields) {
    const error = outOfRange(field, value, max, min);
    if (error !== undefined) return error;
  }
  return undefined;
}
