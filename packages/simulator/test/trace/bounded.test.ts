import { findScenario, MAX_TRANSMISSIONS, type Scenario, traceScenario } from "@synfin/simulator";
import { expect, test } from "vitest";

test("a run that does not end is stopped, and its trace says so", () => {
  const scenario = findScenario("stuck-in-fin-wait-1");
  if (scenario === undefined) throw new Error("there is no such scenario");
  const [client, server] = scenario.hosts;
  const params = { minRtoUs: 1000, maxRtoUs: 1000, initialRtoUs: 1000, r2Us: 86_400_000_000 };
  const endless: Scenario = { ...scenario, hosts: [{ ...client, params }, server] };
  const trace = traceScenario(endless);
  expect(trace.cut).toBe(true);
  expect(trace.segments).toHaveLength(MAX_TRANSMISSIONS);
});

test("a run that ends says nothing of the kind", () => {
  const scenario = findScenario("four-way-close");
  if (scenario === undefined) throw new Error("there is no such scenario");
  expect(traceScenario(scenario).cut).toBeUndefined();
});
