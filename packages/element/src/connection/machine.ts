import { scenarios } from "@synfin/simulator";
import { nearestNames } from "@synfin/simulator/view";

export { findScenario, parseFault, traceScenario } from "@synfin/simulator";

/** The scenarios whose names are like one that there is not. */
export function nearScenarios(name: string): readonly string[] {
  return nearestNames(
    name,
    scenarios.map((scenario) => scenario.name),
  );
}
