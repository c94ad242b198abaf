import { findBulkScenario, summaryOf } from "@synfin/simulator/bulk";
import { expect, test } from "vitest";
import { runScenario, settings } from "./support/run.ts";

const values = { connections: 500, rate: 100, hold: 2_000_000, delay: 10_000 };
const result = runScenario("steady", { values });
const oracles = findBulkScenario("steady")?.oracles(settings("steady", { values })) ?? [];
const summary = summaryOf(result, oracles);

test("it is plain data that another thread gets as it is", () => {
  expect(structuredClone(summary)).toEqual(summary);
  expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
});

test("it says what the result says", () => {
  expect(summary).toMatchObject({ scenario: "steady", seed: 7, hosts: ["client", "server"] });
  expect(summary.digest).toBe(result.digest.toString());
  expect(summary.connections).toMatchObject({ opened: 500, closed: 500, failed: 0 });
  expect(summary.counters[0]).toMatchObject({ ActiveOpens: 500, TW: 500 });
  expect(summary.census).toHaveLength(result.census.rows.length);
});

test("spans tell how long it took, in percentiles", () => {
  const { lifetime } = summary.spans;
  // Two round trips, the hold, and 2MSL; every connection lives equally long.
  const lifeUs = 4 * 10_000 + 2_000_000 + 240_000_000;
  expect(lifetime).toMatchObject({ count: 500, min: lifeUs, mean: lifeUs, p99: lifeUs });
});

test("each oracle is answered by name, with what was expected and what was seen", () => {
  expect(summary.findings).toEqual([
    { name: "closed", expected: 500, observed: 500, unit: "count" },
    { name: "segments", expected: 3500, observed: 3500, unit: "count" },
    { name: "lifetime", expected: 242_040_000, observed: 242_040_000, unit: "us" },
  ]);
  const rough = oracles.slice(0, 1).map((oracle) => ({ ...oracle, error: 5 }));
  expect(summaryOf(result, rough).findings[0]?.error).toBe(5);
});

test("failures have their errno and the time of the first", () => {
  const short = { rate: 100, ports: 500, periods: 2 };
  const { failures, firsts } = summaryOf(runScenario("port-exhaustion", { values: short }), []);
  expect(failures["EADDRNOTAVAIL"]).toBeGreaterThan(100);
  expect(firsts["EADDRNOTAVAIL"]).toBe(5_000_000);
});
