import { State } from "@synfin/core/tcp";
import { expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const SECOND = 1_000_000;
const values = { connections: 1000, rate: 1000, pause: 300 * SECOND };

test("an answer that takes longer than 60 s is lost, and all others come", () => {
  expectOracle("conntrack-half-close", { values });
});

test("without a half-close nothing is lost", () => {
  const open = { values: { ...values, connections: 300, "half-close": 0 } };
  expectOracle("conntrack-half-close", open);
  expect(brokenWithout("conntrack-half-close", { values }, open)).toEqual(["lost"]);
});

test("a longer timeout loses less", () => {
  const longer = { values: { ...values, connections: 300, timeout: 3600 * SECOND } };
  expect(brokenWithout("conntrack-half-close", { values }, longer)).toEqual(["lost"]);
});

test("a client whose answer is lost waits in FIN-WAIT-2 for ever", () => {
  const { census, failures, measures } = runScenario("conntrack-half-close", { values });
  const last = census.rows.at(-1);
  expect(failures.get("ETIMEDOUT")).toBeGreaterThan(700);
  expect(measures.counts.get("answered")).toBe(1000 - (failures.get("ETIMEDOUT") ?? 0));
  expect(last?.states[State.FIN_WAIT_2]).toBe(failures.get("ETIMEDOUT"));
});
