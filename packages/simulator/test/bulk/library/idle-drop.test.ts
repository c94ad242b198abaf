import { expect, test } from "vitest";
import { expectNot, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const SECOND = 1_000_000;
const values = { clients: 100, gaps: 10, gap: SECOND, timeout: SECOND / 10 };

test("a silent box costs a quarter of an hour for each gap longer than its timer", () => {
  const judgements = expectOracle("idle-drop", { values });
  expect((judgements.get("heard")?.found.mean ?? 0) / SECOND).toBeGreaterThan(924.6);
});

test("a box that resets says so at once", () => {
  const judgements = expectOracle("idle-drop", { values: { ...values, forgotten: 1 } });
  expect(judgements.get("heard")?.found.mean).toBe(20_000);
  expectNot("idle-drop", "heard", { values: { ...values, forgotten: 1 } }, { values });
});

test("RFC 9293's own numbers: no delayed ACK, and 123 s to the end", () => {
  const judgements = expectOracle("idle-drop", { profile: "rfc9293", values });
  expect(judgements.get("heard")?.found.mean).toBe(123 * SECOND);
});

test("keep-alive shorter than the box's timer keeps every connection (MUST-24)", () => {
  // A probe is a segment that may loop, and Linux answers one of those in half a second.
  const kept = { values: { ...values, timeout: SECOND, keepalive: (3 * SECOND) / 5 } };
  expectOracle("idle-drop", kept);
  expectNot("idle-drop", "lost", kept, { values });
});

test("keep-alive longer than it saves nothing", () => {
  const late = { ...values, keepalive: 2 * SECOND };
  expectOracle("idle-drop", { values: { ...late, forgotten: 1 } });
});

test("a box that forgets nothing drops nothing", () => {
  const patient = { values: { ...values, gaps: 10, timeout: 3600 * SECOND } };
  expectNot("idle-drop", "lost", patient, { values });
  expect([...runScenario("idle-drop", patient).failures]).toEqual([]);
});
