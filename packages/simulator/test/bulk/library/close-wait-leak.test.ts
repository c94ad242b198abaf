import { expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const NAME = "close-wait-leak";
const SMALL = { values: { rate: 100, leak: 900_000, limit: 1000, base: 0, backlog: 100 } };

test("CLOSE-WAIT grows by rate × leak up to EMFILE, and stays for ever", () => {
  expectOracle(NAME, SMALL, { max: 200 });
});

test("fewer leaks, a later EMFILE; none, and there is none of it", () => {
  const off = { values: { ...SMALL.values, leak: 450_000 } };
  expect(brokenWithout(NAME, SMALL, off)).toEqual(["emfile"]);
  const none = { values: { ...SMALL.values, leak: 0 } };
  expectOracle(NAME, none, { min: 2 });
  expect(brokenWithout(NAME, SMALL, none)).toEqual(["close-wait", "emfile", "for-ever"]);
});

test("EMFILE, and the half of the way to it, come from the limit", () => {
  const off = { values: { ...SMALL.values, limit: 2000 } };
  expect(brokenWithout(NAME, SMALL, off)).toEqual(["close-wait", "emfile"]);
});

test("keep-alive ends them, and gives no descriptor back", () => {
  const kept = { values: { ...SMALL.values, "keep-alive": 1 } };
  expect(brokenWithout(NAME, SMALL, kept)).toEqual(["for-ever"]);
  // Of such a server nothing is claimed that does not hold.
  expectOracle(NAME, kept, { min: 2 });
  const { counts, firsts } = runScenario(NAME, kept).measures;
  // What is left has never been accepted.
  expect(counts.get("close-wait-after")).toBeLessThanOrEqual(101);
  expect(firsts.get("EMFILE")).toBe(runScenario(NAME, SMALL).measures.firsts.get("EMFILE"));
});

test("after EMFILE the accept queue fills, and clients time out", () => {
  const { failures, counters } = runScenario(NAME, SMALL);
  expect(counters[1]?.ListenOverflows).toBeGreaterThan(0);
  expect(failures.get("ETIMEDOUT")).toBeGreaterThan(0);
});
