import type { Quantity } from "./expectation.ts";

/** What a unit makes of a number: its kind, and the ratio that it is multiplied by. */
interface Unit {
  readonly kind: Quantity["kind"];
  readonly times: number;
  readonly per: number;
}

function unit(kind: Quantity["kind"], times: number, per = 1): Unit {
  return { kind, times, per };
}

const SECOND = 1_000_000;

const UNITS: ReadonlyMap<string, Unit> = new Map([
  ["", unit("plain", 1)],
  ["k", unit("plain", 1000)],
  ["M", unit("plain", 1_000_000)],
  ["%", unit("share", 1, 100)],
  ["us", unit("time", 1)],
  ["µs", unit("time", 1)],
  ["ms", unit("time", 1000)],
  ["s", unit("time", SECOND)],
  ["min", unit("time", 60 * SECOND)],
  ["h", unit("time", 3600 * SECOND)],
  ["/s", unit("rate", 1)],
  ["k/s", unit("rate", 1000)],
  ["M/s", unit("rate", 1_000_000)],
]);

/** The units that there are, for an error to name. */
export const UNIT_NAMES: readonly string[] = [...UNITS.keys()].filter((name) => name !== "");

/** More digits than this are not kept apart by a double. */
export const MOST_DIGITS = 15;

/** All of a text as a quantity, such as `250ms`, `1%` or `5k`; undefined for anything else. */
export function readQuantity(text: string): Quantity | undefined {
  const [, digits = "", name = ""] = /^((?:\d+\.)?\d+)([A-Za-zµ%/]*)$/.exec(text) ?? [];
  if (digits === "" || digits.replace(".", "").length > MOST_DIGITS) return undefined;
  return quantity(digits, name, 1);
}

/** `12.5` and `ms` as a quantity; undefined for a unit that there is none of. */
export function quantity(digits: string, name: string, at: number): Quantity | undefined {
  const found = UNITS.get(name);
  if (found === undefined) return undefined;
  const [whole = "", part = ""] = digits.split(".");
  return {
    kind: found.kind,
    numerator: Number(whole + part) * found.times,
    denominator: Number(`1${"0".repeat(part.length)}`) * found.per,
    text: digits + name,
    at,
  };
}
