import {
  type BulkResult,
  buffersOf,
  fromTransfer,
  mergeResults,
  toTransfer,
} from "@synfin/simulator/bulk";
import { expect, test } from "vitest";
import { runScenario } from "./support/run.ts";

/** As `postMessage` would hand it over. */
function travelled(result: BulkResult): BulkResult {
  const transfer = toTransfer(result);
  return fromTransfer(structuredClone(transfer, { transfer: buffersOf(transfer) }));
}

const lossy = { values: { connections: 500, rate: 500, hold: 100_000, loss: 500_000 } };
const crowded = { values: { rate: 100, ports: 500, periods: 2 } };

test.each([
  ["steady", lossy],
  ["port-exhaustion", crowded],
] as const)("a result of %s is the same after its journey", (name, choice) => {
  const result = runScenario(name, choice);
  expect(result.failures.size).toBeGreaterThan(0);
  const { census, measures, digest, ...plain } = travelled(result);
  expect(plain).toEqual({ ...result, census: undefined, measures: undefined, digest: undefined });
  expect(digest.toString()).toBe(result.digest.toString());
  expect(census.intervalUs).toBe(result.census.intervalUs);
  expect(census.rows).toEqual(result.census.rows);
  expect(measures.counts).toEqual(result.measures.counts);
  expect(measures.firsts).toEqual(result.measures.firsts);
  expect(JSON.stringify([...measures.histograms])).toBe(
    JSON.stringify([...result.measures.histograms]),
  );
});

test("what has travelled merges to what stayed at home", () => {
  const parts = [0, 1].map((replication) => runScenario("steady", lossy, { replication }));
  const there = mergeResults(parts.map(travelled));
  expect(toTransfer(there)).toEqual(toTransfer(mergeResults(parts)));
});

test("the large parts change hands and are not copied", () => {
  const transfer = toTransfer(runScenario("steady", lossy));
  structuredClone(transfer, { transfer: buffersOf(transfer) });
  expect(transfer.censusRows).toHaveLength(0);
  expect(transfer.histograms.every(([, row]) => row.length === 0)).toBe(true);
});

test("failures are counted by errno and cause, and the first of each is noted", () => {
  const result = runScenario("port-exhaustion", crowded);
  const refused = result.failures.get("EADDRNOTAVAIL") ?? 0;
  expect(refused).toBeGreaterThan(0);
  expect([...result.causes]).toEqual([["EADDRNOTAVAIL: connect", refused]]);
  const lost = runScenario("steady", { values: { ...lossy.values, loss: 1_000_000 } });
  expect([...lost.causes]).toEqual([["ETIMEDOUT: R2 timeout", 500]]);
  expect(lost.measures.firsts.get("ETIMEDOUT")).toBeGreaterThan(100_000_000);
});
