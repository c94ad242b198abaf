import { expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const NAME = "accept-queue-overflow";
const SMALL = { values: { clients: 600, backlog: 100, service: 1000 } };

test("clients − backlog − 1 − service × burst are turned away, and try again a timeout later", () => {
  expectOracle(NAME, SMALL, { min: 2 });
});

test("none is, where the backlog has room for all", () => {
  const choice = { values: { ...SMALL.values, backlog: 600 } };
  expectOracle(NAME, choice, { min: 2 });
  const [, server] = runScenario(NAME, choice).counters;
  expect(server).toMatchObject({ ListenOverflows: 0, ListenDrops: 0 });
  expect(brokenWithout(NAME, SMALL, choice)).toEqual(["turned-away", "first-retry"]);
});

test("a server that hangs keeps backlog + 1, and no more", () => {
  const values = { ...SMALL.values, service: 0 };
  const { measures, counters } = runScenario(NAME, { values });
  expect(measures.counts.get("admitted")).toBe(101);
  expect(counters[1]?.ListenOverflows).toBeGreaterThan(499);
});

test("those whose ACK was dropped hear the SYN,ACK again, and all are served in the end", () => {
  const { measures, counters, connections } = runScenario(NAME, SMALL);
  expect(measures.counts.get("served")).toBe(600);
  expect(counters[1]?.RetransSegs).toBeGreaterThan(0);
  expect(connections).toMatchObject({ closed: 600, failed: 0 });
});

test("with tcp_abort_on_overflow they are reset instead", () => {
  const { failures, counters } = runScenario(NAME, {
    ...SMALL,
    params: { acceptOverflowResets: 1 },
  });
  expect(failures.get("ECONNRESET")).toBeGreaterThan(0);
  expect(counters[1]?.RetransSegs).toBe(0);
});

test("the first try again comes when the initial timeout says", () => {
  const later = { ...SMALL, params: { initialRtoUs: 1_500_000 } };
  expect(brokenWithout(NAME, SMALL, later)).toEqual(["first-retry"]);
});
