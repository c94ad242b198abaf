import { type Fault, parseFault, type Trace, traceScenario } from "@synfin/simulator";
import { createLoad } from "./load-run.ts";
import { memoryBudget } from "./memory.ts";
import type { TraceRequest } from "./protocol.ts";
import type { Engine } from "./service.ts";

/** The simulator that ships. */
export const engine: Engine = {
  trace,
  createLoad: (request) => createLoad(request, memoryBudget()),
};

function trace({ scenario, seed, faults = [] }: TraceRequest): Trace {
  const aimed = faults.map(faultOf);
  return traceScenario(scenario, seed === undefined ? { faults: aimed } : { seed, faults: aimed });
}

function faultOf(text: string): Fault {
  const parsed = parseFault(text);
  if (!parsed.ok) throw new RangeError(parsed.message);
  return parsed.value;
}
