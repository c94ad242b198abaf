import { expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const SMALL = { values: { connections: 1000, rate: 1000, error: 10_000 } };

test("FINs cross if the closes are less than a delay apart, and then both wait", () => {
  expectOracle("crossing-close", SMALL);
});

test("closes at the very same time always cross", () => {
  const means = expectOracle("crossing-close", {
    values: { ...SMALL.values, connections: 200, error: 0 },
  });
  expect(means["time-waits"]).toBe(2);
});

test("where only the client closes by itself, nothing crosses", () => {
  const alone = { values: { ...SMALL.values, closers: 1 } };
  expectOracle("crossing-close", { values: { ...alone.values, connections: 200 } });
  expect(brokenWithout("crossing-close", SMALL, alone)).toEqual(["crossed", "time-waits"]);
});

test("every connection ends well, whichever way it closes", () => {
  const { connections } = runScenario("crossing-close", SMALL);
  expect(connections.closed).toBe(1000);
  expect(connections.failed).toBe(0);
});
