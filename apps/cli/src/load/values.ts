import type { Parameter, Unit } from "@synfin/simulator/bulk";
import { readValue } from "@synfin/simulator/expect";
import { formatDuration } from "@synfin/simulator/view";

/** A parameter's number, or what would have been right, for an error to say. */
export type ValueRead = { readonly value: number } | { readonly wanted: string };

/** What a value of each unit is called. */
const WRITTEN: Readonly<Record<Unit, string>> = {
  count: "a whole number such as 100 or 10k",
  octets: "a whole number of octets such as 1460 or 64k",
  "per-second": "a rate in each second such as 500 or 5k",
  us: "a time such as 200ms, 20s or 2min",
  ppm: "a share such as 1% or 0.05%",
  switch: "on or off",
  choice: "one of",
};

/** Reads a value with its unit and holds it to the bounds. */
export function readBounded(parameter: Parameter, text: string): ValueRead {
  const { unit, min, max, choices = [] } = parameter;
  const value = readValue(parameter, text);
  if (Number.isSafeInteger(value) && value >= min && value <= max) return { value };
  const named = WRITTEN[unit];
  if (unit === "choice") return { wanted: `${named} ${choices.join(", ")}` };
  if (unit === "switch") return { wanted: named };
  return { wanted: `${named}, from ${show(unit, min)} to ${show(unit, max)}` };
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
