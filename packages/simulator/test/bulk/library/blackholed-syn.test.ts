import type { ProfileName } from "@synfin/core/tcp";
import { expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const SMALL = { connections: 20, rate: 7 };

test.each<[ProfileName, seconds: number, syns: number]>([
  ["rfc9293", 183, 8],
  ["linux", 131, 11],
  ["linux-pre-6.5", 127, 7],
  ["freebsd", 75, 7],
  ["macos", 75, 11],
  ["windows", 21, 3],
])("connect of %s gives up after %i s and %i SYNs (MUST-23)", (profile, seconds, syns) => {
  const means = expectOracle("blackholed-syn", { profile, values: SMALL });
  expect(means["given-up"]).toBe(seconds * 1_000_000);
  expect(means["syns"]).toBe(syns);
});

test("without its linear timeouts Linux tries less often, and is done sooner", () => {
  const linux = { values: SMALL };
  const off = { values: SMALL, params: { synLinear: 0 } };
  expect(brokenWithout("blackholed-syn", linux, off)).toEqual(["given-up", "syns"]);
});

test("a user timeout ends it at that very time", () => {
  const limited = { values: SMALL, params: { userTimeoutUs: 10_000_000 } };
  const means = expectOracle("blackholed-syn", limited);
  expect(means["given-up"]).toBe(10_000_000);
});

test("every attempt fails with ETIMEDOUT", () => {
  const { failures, counters, connections } = runScenario("blackholed-syn", { values: SMALL });
  expect([...failures]).toEqual([["ETIMEDOUT", 20]]);
  expect(connections.established).toBe(0);
  expect(counters[0]?.TCPAbortOnTimeout).toBe(20);
});
