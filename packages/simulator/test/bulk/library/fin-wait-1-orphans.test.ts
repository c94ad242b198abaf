import { expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const NAME = "fin-wait-1-orphans";
const CONSTANT = 0;
const ALL_GONE = { values: { rate: 2, gone: 1_000_000, arrivals: CONSTANT, periods: 3 } };
/** Five times as many orphans as there is room for. */
const LIMITED = { values: { rate: 1, gone: 1_000_000, "max-orphans": 20, periods: 12 } };

test("rate × 102 s stand in FIN-WAIT-1", () => {
  expectOracle(NAME, ALL_GONE, { min: 2 });
});

test("and rate × share × 102 s where only a share is gone", () => {
  expectOracle(NAME, { values: { rate: 4, gone: 950_000, arrivals: CONSTANT, periods: 3 } });
});

test("it rests on the orphan's R2", () => {
  const off = { ...ALL_GONE, params: { orphanR2Us: 0 } };
  expect(brokenWithout(NAME, ALL_GONE, off, { max: 2 })).toEqual(["orphans"]);
});

test("above tcp_max_orphans the share of resets is Erlang's B", () => {
  expectOracle(NAME, LIMITED);
});

test("and none is reset without that limit", () => {
  const off = { values: { ...LIMITED.values, "max-orphans": 1_000_000 } };
  expect(brokenWithout(NAME, LIMITED, off)).toEqual(["orphans", "resets"]);
});

test("healthy clients lose by it, too, once there is no room", () => {
  const values = { rate: 10, gone: 500_000, "max-orphans": 100, periods: 3 };
  const limited = runScenario(NAME, { values }).counters[1];
  const roomy = runScenario(NAME, { values: { ...values, "max-orphans": 16_384 } }).counters[1];
  expect(limited?.TCPAbortOnMemory).toBeGreaterThan(0);
  expect(roomy?.TCPAbortOnMemory).toBe(0);
  // A connection that was reset comes to no TIME-WAIT.
  expect(limited?.TW).toBeLessThan((roomy?.TW ?? 0) / 2);
});
