/** A value that was read, or what would have been right, for an error to say. */
export type Value<T> = { readonly value: T } | { readonly wanted: string };

/** An integer between two bounds. */
export function integer(text: string, min: number, max: number): Value<number> {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? { value } : { wanted: `an integer from ${min} to ${max}` };
}

/**
 * A number of any size, times a unit. Systems that have no limit say so with 2⁶³ − 1, which
 * becomes the largest integer that is exact.
 */
export function large(text: string, unit: number): Value<number> {
  if (!/^\d{1,20}$/.test(text)) return { wanted: "an integer that is not negative, such as 1024" };
  return { value: Math.min(Number(text) * unit, Number.MAX_SAFE_INTEGER) };
}

/** One of several digits, each with a meaning. */
export function choice<T>(text: string, meanings: Readonly<Record<string, T>>): Value<T> {
  const found = Object.hasOwn(meanings, text) ? meanings[text] : undefined;
  return found === undefined
    ? { wanted: `one of ${Object.keys(meanings).join(", ")}` }
    : { value: found };
}

/** A first and a last port. */
export function portRange(text: string): Value<readonly [number, number]> {
  const [first, last, ...rest] = text.split(/\s+/).map((part) => integer(part, 1, 65_535));
  if (first !== undefined && last !== undefined && "value" in first && "value" in last) {
    if (rest.length === 0 && first.value <= last.value) return { value: [first.value, last.value] };
  }
  return { wanted: "two ports from 1 to 65535, the lower first, such as 32768 60999" };
}
