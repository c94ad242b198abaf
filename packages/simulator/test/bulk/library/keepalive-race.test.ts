import { expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

/** A long way and a short timeout: four of five gaps are fatal. */
const values = { clients: 100, gaps: 12, gap: 400_000, timeout: 900_000, delay: 430_000 };

test("a gap ends in ECONNRESET if the request and the FIN cross (SHLD-3)", () => {
  expectOracle("keepalive-race", { values });
});

test("a client that gives up first never loses a request", () => {
  const safe = { ...values, gaps: 10, "client-timeout": 40_000 };
  const means = expectOracle("keepalive-race", { values: safe });
  expect(means["reset"]).toBe(0);
  expect(brokenWithout("keepalive-race", { values }, { values: safe })).toEqual(["reset"]);
});

test("a client that gives up in the middle of the window loses some", () => {
  const half = { values: { ...values, "client-timeout": 500_000 } };
  expectOracle("keepalive-race", half, { relativeHalfWidth: 0.02 });
});

test("a server that takes text after its close resets no one", () => {
  const off = { values: { ...values, gaps: 5 }, params: { resetAfterClose: 0 } };
  expect(brokenWithout("keepalive-race", { values }, off)).toEqual(["reset"]);
});

test("whoever loses a connection opens another, until all gaps are made", () => {
  const { measures, connections } = runScenario("keepalive-race", { values });
  expect(measures.counts.get("gaps")).toBe(100 * 12);
  expect(connections.opened).toBeGreaterThan(100 + (measures.counts.get("lost") ?? 0));
});
