import { findScenario, parseFault, type Trace, traceScenario } from "@synfin/simulator";

/** The trace of a scenario that ships, with faults in the fault grammar. */
export function traceOf(name: string, ...faults: string[]): Trace {
  const scenario = findScenario(name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  return traceScenario(scenario, {
    faults: faults.map((text) => {
      const result = parseFault(text);
      if (!result.ok) throw new Error(result.message);
      return result.value;
    }),
  });
}
