import { expect, test } from "vitest";
import { brokenWithout, expectOracle, judge } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const NAME = "time-wait-assassination";
const SOME = { values: { connections: 2500, rate: 100 } };

test("as many TIME-WAITs are cut short as copies stray", () => {
  expectOracle(NAME, SOME);
});

test("the copy draws an ACK, the ACK a reset, and nobody is told of an error", () => {
  const { counters, failures, connections } = runScenario(NAME, {
    values: { connections: 100, share: 1_000_000 },
  });
  const [, server] = counters;
  expect(server?.OutRsts).toBe(100);
  expect([...failures]).toEqual([]);
  expect(connections).toMatchObject({ closed: 100, failed: 0 });
});

test("none is with F1 (RFC 1337), which FreeBSD always has", () => {
  const off = { values: { ...SOME.values, rfc1337: 1 } };
  expectOracle(NAME, off, { min: 2 });
  expect(brokenWithout(NAME, SOME, off)).toEqual(["assassinated", "since-close"]);
  expect(brokenWithout(NAME, SOME, { ...SOME, profile: "freebsd" })).toEqual([
    "assassinated",
    "since-close",
  ]);
});

test("none is where no copy strays", () => {
  const off = { values: { ...SOME.values, share: 0 } };
  expectOracle(NAME, off, { min: 2 });
  expect(brokenWithout(NAME, SOME, off)).toEqual(["assassinated", "since-close"]);
});

test("a copy that comes before TIME-WAIT, or after it, has no oracle and does no harm", () => {
  for (const late of [50_000, 70_000_000]) {
    const choice = { values: { connections: 100, share: 1_000_000, late } };
    expect(judge(NAME, choice)).toEqual([]);
    expect(runScenario(NAME, choice).measures.counts.get("assassinated")).toBeUndefined();
  }
});
