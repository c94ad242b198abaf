import { BULK_SCENARIOS, type Parameter } from "@synfin/simulator/bulk";
import { readValue } from "@synfin/simulator/expect";
import { expect, test } from "vitest";

const parameters = BULK_SCENARIOS.flatMap((one) => one.parameters);

function ofUnit(unit: Parameter["unit"]): Parameter {
  const found = parameters.find((parameter) => parameter.unit === unit);
  if (found === undefined) throw new Error(`no parameter counts in ${unit}`);
  return found;
}

test.each([
  ["us", "20s", 20_000_000],
  ["us", "2min", 120_000_000],
  ["us", "0", 0],
  ["us", "5", Number.NaN],
  ["us", "5%", Number.NaN],
  ["ppm", "1%", 10_000],
  ["ppm", "0.0001%", 1],
  ["ppm", "0.5", Number.NaN],
  ["per-second", "5k", 5000],
  ["per-second", "5k/s", 5000],
  ["per-second", "5s", Number.NaN],
  ["count", "10k", 10_000],
  ["count", "1.5", 1.5],
  ["count", "10/s", Number.NaN],
  ["switch", "on", 1],
  ["switch", "off", 0],
  ["switch", "1", 1],
  ["switch", "yes", Number.NaN],
  ["switch", "toString", Number.NaN],
] as const)("%s: %s", (unit, text, value) => {
  expect(readValue(ofUnit(unit), text)).toBe(value);
});

test("a choice is one of its words, and no number", () => {
  const arrivals = parameters.find(({ key }) => key === "arrivals");
  if (arrivals === undefined) throw new Error("no scenario has arrivals");
  expect(readValue(arrivals, "constant")).toBe(0);
  expect(readValue(arrivals, "poisson")).toBe(1);
  expect(readValue(arrivals, "1")).toBeNaN();
});
