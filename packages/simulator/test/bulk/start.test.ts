import { type BulkResult, BulkRun, findBulkScenario, planOf } from "@synfin/simulator/bulk";
import { expect, test } from "vitest";
import { settings } from "./support/run.ts";

const values = { rate: 100, ports: 2000, periods: 2 };

function from(established: number, timeWait: number): BulkResult {
  const scenario = findBulkScenario("port-exhaustion");
  if (scenario === undefined) throw new Error("there is no such scenario");
  const chosen = settings("port-exhaustion", { values, start: { established, timeWait } });
  const run = new BulkRun(planOf(scenario, chosen), { scenario: scenario.name, seed: 3 });
  while (!run.advance(10_000)) {
    // Each turn is a slice of the run.
  }
  return run.result();
}

const onsetUs = (result: BulkResult): number => result.measures.firsts.get("EADDRNOTAVAIL") ?? 0;

test("ports that others have are missing from the start", () => {
  expect(onsetUs(from(0, 0))).toBe(20_000_000);
  expect(onsetUs(from(500, 0))).toBe(15_000_000);
});

test("those in TIME-WAIT come back one by one over 2 MSL", () => {
  // 1400 are free, and 10 more come each second while 100 are taken: 1400 / 90.
  const onset = onsetUs(from(0, 600));
  expect(Math.abs(onset - 15_555_556)).toBeLessThan(100_000);
});

test("where all ports are taken, the first calls fail at once", () => {
  const result = from(5000, 0);
  expect(onsetUs(result)).toBe(10_000);
  expect(result.connections.opened - result.connections.failed).toBeLessThanOrEqual(2);
});

test("more in TIME-WAIT than there are ports leave none, and come back no sooner", () => {
  const result = from(0, 50_000);
  expect(onsetUs(result)).toBe(10_000);
  // Of 2000, one in each 30 ms.
  expect(result.connections.opened - result.connections.failed).toBeLessThan(4100);
});

test("a host that starts with nothing runs as ever", () => {
  const plain = settings("port-exhaustion", { values });
  const scenario = findBulkScenario("port-exhaustion");
  if (scenario === undefined) throw new Error("there is no such scenario");
  const run = new BulkRun(planOf(scenario, plain), { scenario: scenario.name, seed: 3 });
  while (!run.advance(10_000)) {
    // Each turn is a slice of the run.
  }
  expect(from(0, 0).digest.toString()).toBe(run.result().digest.toString());
});
