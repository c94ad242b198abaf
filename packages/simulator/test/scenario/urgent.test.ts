import { findScenario, type Scenario, traceScenario } from "@synfin/simulator";
import { expect, test } from "vitest";

test("a step that sends urgent text puts URG and the pointer on its segment (MUST-30, MUST-62)", () => {
  const base = findScenario("three-way-handshake");
  if (base === undefined) throw new Error("there is no such scenario");
  const script = base.script.map((step) =>
    step.call === "send" ? { ...step, urgent: true as const } : step,
  );
  const urgent: Scenario = { ...base, script };
  const [data] = traceScenario(urgent).segments.filter(({ length }) => length > 0);
  expect(data?.flags).toContain("URG");
  expect(data?.urgentPointer).toBe(10);
});
