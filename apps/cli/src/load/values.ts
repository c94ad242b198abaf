import type { Parameter, Unit } from "@synfin/simulator/bulk";
import { type Quantity, readQuantity } from "@synfin/simulator/expect";
import { formatDuration } from "@synfin/simulator/view";

/** A parameter's number, or what would have been right, for an error to say. */
export type ValueRead = { readonly value: number } | { readonly wanted: string };

/** What a value of each unit may be written with, and what one is called. */
const WRITTEN: Readonly<
  Record<Unit, { readonly kinds: readonly Quantity["kind"][]; readonly wanted: string }>
> = {
  count: { kinds: ["plain"], wanted: "a whole number such as 100 or 10k" },
  octets: { kinds: ["plain"], wanted: "a whole number of octets such as 1460 or 64k" },
  "per-second": { kinds: ["plain", "rate"], wanted: "a rate in each second such as 500 or 5k" },
  us: { kinds: ["time"], wanted: "a time such as 200ms, 20s or 2min" },
  ppm: { kinds: ["share"], wanted: "a share such as 1% or 0.05%" },
  switch: { kinds: [], wanted: "on or off" },
  choice: { kinds: [], wanted: "one of its choices" },
};

const SWITCHES: Readonly<Record<string, number>> = { on: 1, off: 0, "1": 1, "0": 0 };

/** Reads a value with its unit and holds it to the bounds. */
export function readValue(parameter: Parameter, text: string): ValueRead {
  const { unit, min, max, choices = [] } = parameter;
  if (unit === "choice") {
    const value = choices.indexOf(text);
    return value === -1 ? { wanted: `one of ${choices.join(", ")}` } : { value };
  }
  if (unit === "switch") {
    const value = Object.hasOwn(SWITCHES, text) ? SWITCHES[text] : undefined;
    return value === undefined ? { wanted: WRITTEN.switch.wanted } : { value };
  }
  const wanted = `${WRITTEN[unit].wanted}, from ${show(unit, min)} to ${show(unit, max)}`;
  const value = numberOf(unit, text);
  return value !== undefined && value >= min && value <= max ? { value } : { wanted };
}

/** The integer that a text stands for in a unit, whatever its bounds. */
function numberOf(unit: Unit, text: string): number | undefined {
  const quantity = readQuantity(text);
  if (quantity === undefined) return undefined;
  const { kind, numerator, denominator } = quantity;
  // Nothing is nothing in every unit.
  if (!WRITTEN[unit].kinds.includes(kind) && numerator > 0) return undefined;
  const value = ((unit === "ppm" ? 1_000_000 : 1) * numerator) / denominator;
  return Number.isSafeInteger(value) ? value : undefined;
}

/** A value as it could be written on the command line: `20s` reads as `20 s`. */
export function showValue(parameter: Parameter, value: number): string {
  const { unit, choices = [] } = parameter;
  if (unit === "choice") return choices[value] ?? String(value);
  return show(unit, value);
}

function show(unit: Unit, value: number): string {
  if (unit === "us") return formatDuration(value);
  if (unit === "ppm") return `${value / 10_000}%`;
  if (unit === "switch") return value === 1 ? "on" : "off";
  return unit === "per-second" ? `${value}/s` : String(value);
}
