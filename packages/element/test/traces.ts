import {
  FAULT_ACTIONS,
  FAULT_KINDS,
  type Fault,
  findScenario,
  parseFault,
  scenarios,
  type Trace,
  traceScenario,
} from "@synfin/simulator";
import fc from "fast-check";

/** The trace of a scenario that ships, with faults in the fault grammar. */
export function traceOf(name: string, ...faults: string[]): Trace {
  const scenario = findScenario(name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  return traceScenario(scenario, { faults: faults.map(faultOf) });
}

function faultOf(text: string): Fault {
  const result = parseFault(text);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

const fault = fc
  .tuple(
    fc.constantFrom(...FAULT_ACTIONS),
    fc.constantFrom("client", "server"),
    fc.constantFrom(...FAULT_KINDS),
    fc.integer({ min: 1, max: 6 }),
    fc.boolean(),
  )
  .map(([action, end, kind, nth, again]) => {
    const what = action === "delay" ? "delay=130ms" : action;
    return `${what}:${end}:${kind}:${nth}${again ? "+" : ""}`;
  });

/** Runs of any scenario that ships, with up to four faults of any kind. */
export const anyTrace: fc.Arbitrary<Trace> = fc
  .tuple(fc.constantFrom(...scenarios), fc.array(fault, { maxLength: 4 }))
  .map(([scenario, faults]) => {
    const trace = traceOf(scenario.name, ...faults);
    // A counterexample should be a line that can be typed again.
    const call = `traceOf(${[scenario.name, ...faults].map((text) => JSON.stringify(text)).join(", ")})`;
    return Object.defineProperty(trace, fc.toStringMethod, { value: () => call });
  });
