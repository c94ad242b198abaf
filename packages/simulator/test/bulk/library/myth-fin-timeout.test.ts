import { expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const NAME = "myth-fin-timeout";
const TEN = { values: { connections: 400 } };

test("TIME-WAIT lasts 2MSL and FIN-WAIT-2 tcp_fin_timeout", () => {
  expectOracle(NAME, TEN, { min: 2 });
  const { measures } = runScenario(NAME, TEN);
  expect(measures.histogram("time-wait").count).toBe(200);
  expect(measures.histogram("fin-wait-2").count).toBe(200);
});

test.each(["freebsd", "macos", "windows"] as const)("and so it is on %s", (profile) => {
  expectOracle(NAME, { ...TEN, profile }, { min: 2 });
});

test("another tcp_fin_timeout changes FIN-WAIT-2 and leaves TIME-WAIT as it was", () => {
  const one = { values: { ...TEN.values, "fin-timeout": 1_000_000 } };
  expect(brokenWithout(NAME, TEN, one)).toEqual(["fin-wait-2"]);
  expectOracle(NAME, one, { min: 2 });
});

test("what does change TIME-WAIT is the MSL", () => {
  const short = { ...TEN, params: { mslUs: 15_000_000 } };
  expect(brokenWithout(NAME, TEN, short)).toEqual(["time-wait"]);
});
