import {
  BULK_SCENARIOS,
  type BulkScenario,
  frameField,
  type LoadRequest,
} from "@synfin/simulator/bulk";
import { expect, test } from "vitest";
import { createLoad } from "../src/load-run.ts";
import { inPlainWords } from "../src/memory.ts";
import { steady } from "./crowd.ts";

const ROOM = 2 ** 30;
const names = BULK_SCENARIOS.map(({ name }) => name);

/** Every parameter of a scenario at one of its bounds. */
function atBounds({ name, parameters }: BulkScenario, bound: "min" | "max"): LoadRequest {
  const values = Object.fromEntries(parameters.map((one) => [one.key, one[bound]]));
  return { scenario: name, choice: { values }, seed: 0 };
}

/** What comes of so many turns: how far it got, or the message that it ended with. */
function outcome(request: LoadRequest, turns: number): number | string {
  try {
    const run = createLoad(request, ROOM);
    for (let turn = 0; turn < turns && !run.advance(1024); turn += 1);
    const frame = run.frame();
    return frameField(frame, "events") + frameField(frame, "atUs");
  } catch (error) {
    return (error as Error).message;
  }
}

test.each(names)("%s runs, or says why not, at both ends of all bounds", (name) => {
  const scenario = BULK_SCENARIOS.find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`there is no ${name}`);
  for (const bound of ["min", "max"] as const) {
    const found = outcome(atBounds(scenario, bound), 20);
    if (typeof found === "string") expect(found).toMatch(/^out of memory: so many connections/);
    else expect(found).toBeGreaterThan(0);
  }
  const after: LoadRequest = { scenario: name, choice: {}, seed: 7 };
  expect(outcome(after, 1), "the next run works").toBeGreaterThan(0);
});

test.each(names)("%s refuses each parameter past its bounds, by name, value and bound", (name) => {
  const scenario = BULK_SCENARIOS.find((one) => one.name === name);
  for (const { key, min, max, choices } of scenario?.parameters ?? []) {
    for (const value of [min - 1, max + 1, 0.5, Number.NaN]) {
      const request = { scenario: name, choice: { values: { [key]: value } }, seed: 7 };
      const wanted = choices ? `one of ${choices.join(", ")}` : `an integer from ${min} to ${max}`;
      expect(outcome(request, 1)).toBe(`${key} is ${value}; it must be ${wanted}`);
    }
  }
});

test("a run that grows past its budget ends with a message that says what to do", () => {
  const run = createLoad({ scenario: "port-exhaustion", choice: {}, seed: 7 }, 4 * 2 ** 20);
  expect(() => {
    while (!run.advance(1024));
  }).toThrow(/^out of memory: so many connections at once need more than the 4 MB/);
});

test("more cells than fit are refused before they are made", () => {
  const request = steady({ connections: 100_000_000, rate: 10_000_000, hold: 3_600_000_000 });
  const from = performance.now();
  expect(() => createLoad(request, ROOM)).toThrow("than the 1 GB that a run may have here");
  expect(performance.now() - from).toBeLessThan(5_000);
});

test("an array that cannot be had is told in plain words; other errors stay as they are", () => {
  const tooLong = 2 ** 60;
  expect(() => inPlainWords(() => new Float64Array(tooLong))).toThrow(
    /^out of memory \(Invalid typed array length: \d+\): open fewer/,
  );
  const bug = (): never => {
    throw new Error("a bug in the machine");
  };
  expect(() => inPlainWords(bug)).toThrow(/^a bug in the machine$/);
});
