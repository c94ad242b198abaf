import { readFileSync } from "node:fs";
import * as properties from "@synfin/properties";
import {
  assertLaws,
  describeTrial,
  playUnlessStorm,
  runLaws,
  runOf,
  trial,
} from "@synfin/properties";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shipped } from "./support/shipped.ts";

const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("the table names every law", () => {
  const laws = Object.values(properties).filter(isLaw);
  const table = README.slice(0, README.indexOf("\n## "));
  const rows = [...table.matchAll(/^\| `(\w+)` \| (.+) \|$/gm)].map(([, name, says]) => [
    name,
    says,
  ]);
  expect(rows.map(([name]) => name).sort()).toEqual(laws.map(({ name }) => name).sort());
  expect(laws.length).toBeGreaterThanOrEqual(runLaws.length + 2);
});

test("what it tells you to write works", { timeout: 120_000 }, () => {
  const report = assertLaws({
    laws: runLaws,
    cases: trial,
    subject: ({ scenario, seed }) => playUnlessStorm(scenario, seed),
    seed: 1,
    runs: 300,
    describe: describeTrial,
    replay: (seed, path) => `SEED=${seed} SEED_PATH=${path} npm test`,
    least: { "everyFinAcknowledged: FIN lost": 20 },
  });
  expect(report.runs).toBe(300);
  const { trace } = shipped("time-wait");
  expect(properties.timeWaitLasts2Msl.check(runOf(trace)).breaches).toEqual([]);
  const other = runOf(trace, { params: { server: { mslUs: 30_000_000 } } });
  expect(properties.timeWaitLasts2Msl.check(other).breaches).toMatchObject([{ host: "server" }]);
});

test("the arbitraries that it names stand alone", () => {
  const [, list = ""] = /stands alone, too.*?:(.*?)\n\n/s.exec(README) ?? [];
  const names = [...list.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
  const all: Readonly<Record<string, unknown>> = properties;
  const arbitraries = names.map((name) => all[name]).filter((one) => typeof one !== "function");
  expect(arbitraries).toHaveLength(6);
  for (const arbitrary of arbitraries) {
    const drawn = fc.sample(arbitrary as fc.Arbitrary<unknown>, { seed: 1, numRuns: 20 });
    expect(new Set(drawn.map((one) => JSON.stringify(one))).size).toBeGreaterThan(5);
  }
});

function isLaw(value: unknown): value is properties.Law<unknown> {
  return typeof value === "object" && value !== null && "says" in value && "check" in value;
}
