import type { Parameter, Unit } from "../bulk/scenario.ts";
import type { Quantity } from "./expectation.ts";
import { readQuantity } from "./units.ts";

/** The kinds of quantities that a unit is written as; others are plain numbers. */
const KINDS: Readonly<Partial<Record<Unit, readonly Quantity["kind"][]>>> = {
  us: ["time"],
  ppm: ["share"],
  "per-second": ["plain", "rate"],
};

const SWITCHES: Readonly<Record<string, number>> = { on: 1, off: 0, "1": 1, "0": 0 };

/**
 * A parameter's value as it is written for people: `20s`, `1%`, `5k`, `on`,
 * `poisson`. NaN for anything else; whether it is whole and within the bounds
 * is for `checkSettings` to say.
 */
export function readValue({ unit, choices = [] }: Parameter, text: string): number {
  if (unit === "choice") return choices.includes(text) ? choices.indexOf(text) : Number.NaN;
  if (unit === "switch") {
    return Object.hasOwn(SWITCHES, text) ? (SWITCHES[text] ?? Number.NaN) : Number.NaN;
  }
  const quantity = readQuantity(text);
  if (quantity === undefined) return Number.NaN;
  const { kind, numerator, denominator } = quantity;
  // Nothing is nothing in every unit.
  if (!(KINDS[unit] ?? ["plain"]).includes(kind) && numerator > 0) return Number.NaN;
  return ((unit === "ppm" ? 1_000_000 : 1) * numerator) / denominator;
}
