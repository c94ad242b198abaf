import { expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const NAME = "address-in-use";

/** Tries often, so that the end of TIME-WAIT is seen to the millisecond. */
const RESTART = { values: { clients: 20, retry: 1000, delay: 700 } };

test("bind fails for a round trip and 2MSL", () => {
  expectOracle(NAME, RESTART, { min: 2 });
  const { measures } = runScenario(NAME, RESTART);
  // A try each millisecond, the first of them at once: the one at 60,002 ms succeeds.
  expect(measures.counts.get("EADDRINUSE")).toBe(60_002);
  expect(measures.histogram("down").min).toBeGreaterThanOrEqual(60_001_400);
});

test("2MSL is the profile's", () => {
  for (const profile of ["macos", "rfc9293", "windows"] as const) {
    expectOracle(NAME, { profile, values: { clients: 5, retry: 100_000 } }, { min: 2 });
  }
});

test("SO_REUSEADDR lets it start at once", () => {
  const off = { values: { ...RESTART.values, "reuse-address": 1 } };
  expectOracle(NAME, off, { min: 2 });
  expect(brokenWithout(NAME, RESTART, off)).toEqual(["down"]);
});

test("where clients close first, TIME-WAIT is theirs", () => {
  const off = { values: { ...RESTART.values, "closes-first": 1 } };
  expectOracle(NAME, off, { min: 2 });
  expect(brokenWithout(NAME, RESTART, off)).toEqual(["down"]);
});

test("without TIME-WAIT there is nothing to wait for", () => {
  expect(brokenWithout(NAME, RESTART, { ...RESTART, params: { mslUs: 1000 } })).toEqual(["down"]);
});
