import type { ProfileName } from "@synfin/core/tcp";
import { expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const SMALL = { connections: 100, rate: 1000 };
const SECOND = 1_000_000;

test("Linux gives data up after 924.6 s and a bit, and idle connections after 7875 s", () => {
  const means = expectOracle("dead-peer", { values: SMALL });
  const stuck = (means["stuck"] ?? 0) / SECOND;
  // The timeout is 201 ms, not 200: the last of the 15 retransmissions is a second later.
  expect(stuck).toBeCloseTo(925.623, 3);
  expect(means["found"]).toBe(7875 * SECOND);
});

test.each<[ProfileName, stuck: number, found: number]>([
  ["rfc9293", 123, 7875],
  ["freebsd", 125.05, 7800],
  ["macos", 122.85, 7800],
  ["windows", 136.5, 7210],
])("%s gives data up after %d s, and idle connections after %d s", (profile, stuck, found) => {
  const means = expectOracle("dead-peer", { profile, values: SMALL });
  expect(means["found"]).toBe(found * SECOND);
  expect(means["stuck"]).toBe(stuck * SECOND);
});

test("keep-alive is silent while data is outstanding, however short it is (MUST-26)", () => {
  const values = { ...SMALL, keepalive: 10 * SECOND, writers: 1_000_000 };
  expectOracle("dead-peer", {
    values,
    params: { keepAliveIntervalUs: 5 * SECOND, keepAliveProbes: 3 },
  });
});

test("TCP_USER_TIMEOUT bounds the wait", () => {
  const means = expectOracle("dead-peer", {
    values: SMALL,
    params: { userTimeoutUs: 30 * SECOND },
  });
  expect(means["stuck"]).toBe(30 * SECOND);
});

test("without keep-alive an idle connection never learns of it", () => {
  const values = { ...SMALL, keepalive: 0 };
  expectOracle("dead-peer", { values });
  expect(brokenWithout("dead-peer", { values: SMALL }, { values })).toEqual(["found"]);
  const { connections, failures } = runScenario("dead-peer", { values });
  expect(failures.get("ETIMEDOUT")).toBeGreaterThan(30);
  expect(connections.failed).toBe(failures.get("ETIMEDOUT"));
  expect(connections.closed).toBe(0);
});

test("a shorter R2 is a shorter wait", () => {
  const short = { values: SMALL, params: { r2Us: 100 * SECOND } };
  expectOracle("dead-peer", short);
  expect(brokenWithout("dead-peer", { values: SMALL }, short)).toEqual(["stuck"]);
});
