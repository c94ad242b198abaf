import { State } from "@synfin/core/tcp";
import { BULK_SCENARIOS, type BulkResult } from "@synfin/simulator/bulk";
import { describe, expect, test } from "vitest";
import { type Engine, runScenario } from "./support/run.ts";
import { SMALL } from "./support/small.ts";

/** The engine as Node runs it: one module, optimised as a whole (`build.mjs`). */
const BUILT = new URL("../../dist/bulk.js", import.meta.url).href;
const built = (await import(/* @vite-ignore */ BUILT)) as Engine;

function told(result: BulkResult): object {
  const { digest, connections, segments, events, virtualUs, failures, counters, census } = result;
  const histograms = [...result.measures.histograms].map(([name, one]) => [name, one.toJSON()]);
  return {
    digest: digest.toString(),
    connections: { ...connections },
    ...{ segments, events, virtualUs, counters },
    failures: [...failures],
    rows: census.rows,
    histograms,
  };
}

/** Enough clients that there are several cells to share out. */
const CROWD = { values: { ...SMALL["steady"], connections: 20_000, rate: 20_000 } };

test("a run is the same on one, two and four shards", () => {
  const one = told(runScenario("steady", CROWD));
  for (const shards of [2, 4]) expect(told(runScenario("steady", CROWD, { shards }))).toEqual(one);
});

describe.each(Object.entries(SMALL))("%s is the same", (name, values) => {
  const plain = told(runScenario(name, { values }));

  test.each([
    ["from plain objects", { store: "objects" }],
    ["with every segment through the codec", { paranoid: true }],
    ["as it is built", { engine: built }],
  ] as const)("%s", (_, how) => {
    expect(told(runScenario(name, { values }, how))).toEqual(plain);
  });
});

test("another seed, a replication, one microsecond or a bit more loss is another run", () => {
  const values = SMALL["steady"] ?? {};
  const digest = (result: BulkResult): string => result.digest.toString();
  const digests = [
    digest(runScenario("steady", { values })),
    digest(runScenario("steady", { values }, { seed: 8 })),
    digest(runScenario("steady", { values }, { replication: 1 })),
    digest(runScenario("steady", { values: { ...values, delay: 20_001 } })),
    digest(runScenario("steady", { values: { ...values, loss: 25_000 } })),
    digest(runScenario("steady", { values, params: { minRtoUs: 1_000_001 } })),
  ];
  expect(new Set(digests).size).toBe(digests.length);
});

test("each connection takes exactly seven segments, and none is left behind", () => {
  const values = { connections: 2000, rate: 1000 };
  const result = runScenario("steady", { values });
  expect(result.segments).toBe(7 * 2000);
  expect(result.connections).toEqual({
    opened: 2000,
    established: 2000,
    closed: 2000,
    failed: 0,
    peakAlive: 2000,
  });
  const last = result.census.rows.at(-1);
  expect(last?.states.every((count) => count === 0)).toBe(true);
  const [client, server] = result.counters;
  expect(client?.TW).toBe(2000);
  expect(server?.TW).toBe(0);
});

test("the census adds up to Little's law: rate times 2MSL in TIME-WAIT", () => {
  const values = { connections: 50_000, rate: 100, hold: 0 };
  const { census } = runScenario("steady", { values });
  const middle = census.rows[Math.floor(census.rows.length / 2)];
  expect(middle?.states[State.TIME_WAIT]).toBe(100 * 240);
});

test("every scenario that ships is run here", () => {
  expect(Object.keys(SMALL).sort()).toEqual(BULK_SCENARIOS.map(({ name }) => name).sort());
});
