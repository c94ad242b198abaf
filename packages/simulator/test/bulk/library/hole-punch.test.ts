import { expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const values = { connections: 1000, rate: 1000, error: 10_000 };

test("SYNs cross if both dial less than a delay apart, and silent boxes let all connect", () => {
  const means = expectOracle("hole-punch", { values });
  expect(means["connected"]).toBe(1);
});

test("where boxes reset what they do not expect, only SYNs that cross connect", () => {
  expectOracle("hole-punch", { values: { ...values, unsolicited: 1 } });
});

test("peers that dial at the very same time always meet", () => {
  const exact = { ...values, connections: 100, error: 0, unsolicited: 1 };
  expectOracle("hole-punch", { values: exact });
  expect(brokenWithout("hole-punch", { values }, { values: exact })).toEqual([
    "crossed",
    "connected",
  ]);
});

test("silence is what lets the late ones connect", () => {
  const resets = { values: { ...values, unsolicited: 1 } };
  expect(brokenWithout("hole-punch", { values }, resets)).toEqual(["connected"]);
});

test("by the letter, SYNs that cross do not open a connection in a round trip", () => {
  const together = { values: { ...values, error: 0 } };
  const letter = { ...together, params: { trimCrossedSyn: 0 } };
  const { max } = runScenario("hole-punch", together).measures.histogram("connect");
  expect(max).toBe(40_000);
  const slow = runScenario("hole-punch", letter).measures.histogram("connect");
  expect(slow.count).toBe(2000);
  expect(slow.min).toBeGreaterThan(max);
});

test("all close well in the end", () => {
  const { connections, failures } = runScenario("hole-punch", { values });
  expect(connections.closed).toBe(1000);
  expect([...failures]).toEqual([]);
});
