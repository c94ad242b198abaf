import {
  findScenario,
  parseFault,
  type Scenario,
  scenarios,
  type Text,
  type Trace,
  traceScenario,
} from "@synfin/simulator";
import { type Piece, present } from "../pieces/piece.ts";

/** What makes runs: the scenarios that ship, and the machine that plays them. */
export interface Machine {
  readonly findScenario: typeof findScenario;
  readonly parseFault: typeof parseFault;
  readonly traceScenario: typeof traceScenario;
}

export const machine: Piece<Machine> = present({ findScenario, parseFault, traceScenario });

/** What a list of the scenarios that ship has to know of each. */
export interface Listed {
  readonly name: string;
  readonly title: Text;
  readonly description?: Text;
}

export const catalogue: readonly Listed[] = scenarios satisfies readonly Scenario[];

/**
 * The run of a scenario that ships, with the usual seed and no faults but its own,
 * where it is to be had without the machine. Here the machine is at hand.
 */
export function recordedRun(_name: string): Piece<Trace> | undefined {
  return undefined;
}
