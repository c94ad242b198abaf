import { expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const SECOND = 1_000_000;
const values = { clients: 100, gaps: 10, gap: SECOND, timeout: SECOND / 10 };

test("a silent box costs a quarter of an hour for each gap longer than its timer", () => {
  const means = expectOracle("idle-drop", { values });
  expect((means["heard"] ?? 0) / SECOND).toBeGreaterThan(924.6);
});

test("a box that resets says so at once", () => {
  const means = expectOracle("idle-drop", { values: { ...values, forgotten: 1 } });
  expect(means["heard"]).toBe(20_000);
  expect(brokenWithout("idle-drop", { values }, { values: { ...values, forgotten: 1 } })).toEqual([
    "heard",
  ]);
});

test("RFC 9293's own numbers: no delayed ACK, and 123 s to the end", () => {
  const means = expectOracle("idle-drop", { profile: "rfc9293", values });
  expect(means["heard"]).toBe(123 * SECOND);
});

test("keep-alive shorter than the box's timer keeps every connection (MUST-24)", () => {
  // A probe is a segment that may loop, and Linux answers one of those in half a second.
  const kept = { values: { ...values, timeout: SECOND, keepalive: (3 * SECOND) / 5 } };
  expectOracle("idle-drop", kept);
  expect(brokenWithout("idle-drop", { values }, kept)).toEqual(["lost", "heard"]);
});

test("keep-alive longer than it saves nothing", () => {
  const late = { ...values, keepalive: 2 * SECOND };
  expectOracle("idle-drop", { values: { ...late, forgotten: 1 } });
});

test("a box that forgets nothing drops nothing", () => {
  const patient = { values: { ...values, gaps: 10, timeout: 3600 * SECOND } };
  expect(brokenWithout("idle-drop", { values }, patient)).toEqual(["lost", "heard"]);
  expect([...runScenario("idle-drop", patient).failures]).toEqual([]);
});
