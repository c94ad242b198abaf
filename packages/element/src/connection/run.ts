import {
  type Fault,
  findScenario,
  parseFault,
  type Scenario,
  scenarios,
  type Trace,
  traceScenario,
} from "@synfin/simulator";
import { nearestNames } from "@synfin/simulator/view";
import type { ConnectionWords } from "./words.ts";

/** What is to be run: the attributes of the element, and what its reader dropped. */
export interface RunRequest {
  readonly scenario: string;
  readonly seed: number;
  /** Faults in the fault grammar, separated by spaces, commas or semicolons. */
  readonly faults: string;
  /** Faults that the reader added. */
  readonly drops: readonly string[];
}

/** A run, or what was wrong with the request, as one readable line. */
export type Outcome =
  | { readonly ok: true; readonly scenario: Scenario; readonly trace: Trace }
  | { readonly ok: false; readonly message: string };

/** Runs a scenario. Pure: the same request gives the same outcome. */
export function runScenario(request: RunRequest, words: ConnectionWords): Outcome {
  const scenario = findScenario(request.scenario);
  if (scenario === undefined) {
    const names = scenarios.map(({ name }) => name);
    return {
      ok: false,
      message: words.noScenario(request.scenario, nearestNames(request.scenario, names)),
    };
  }
  const { seed } = request;
  if (!Number.isSafeInteger(seed) || seed < 0)
    return { ok: false, message: words.badSeed(String(seed)) };
  const faults: Fault[] = [];
  // The first fault that strikes a segment wins, and what the reader lost is lost.
  for (const text of [...request.drops, ...splitFaults(request.faults)]) {
    const result = parseFault(text);
    if (!result.ok) return { ok: false, message: result.message };
    const ends = scenario.hosts.map(({ name }) => name);
    if (!ends.includes(result.value.end)) return { ok: false, message: words.badEnd(text, ends) };
    faults.push(result.value);
  }
  return { ok: true, scenario, trace: traceScenario(scenario, { seed, faults }) };
}

/** The single faults in the text of an attribute. */
export function splitFaults(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== "");
}

/** The fault that loses one transmission, `client-3`, whatever it is. */
export function dropFault(id: string): string {
  const at = id.lastIndexOf("-");
  return `drop:${id.slice(0, at)}:any:${id.slice(at + 1)}`;
}
