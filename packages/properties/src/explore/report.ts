import { TRANSITIONS } from "@synfin/core/tcp";
import type { Trace } from "@synfin/simulator";
import { textLadder } from "@synfin/simulator/view";
import type { Exploration } from "./exploration.ts";
import type { ExploreOptions } from "./options.ts";
import { retell } from "./retell.ts";

/** What an exploration has found. */
export interface ExploreReport {
  /** The bounds that it kept to. */
  readonly bounds: Required<Pick<ExploreOptions, BoundName>>;
  /** Distinct states of both ends, the network, and what may still happen. */
  readonly states: number;
  /** Steps from state to state, those into states reached before included. */
  readonly transitions: number;
  /** How many steps it takes to come to the farthest states. */
  readonly depth: number;
  /** How many different states one end can be in, and how many different steps it takes. */
  readonly ends: number;
  readonly endSteps: number;
  /** Rows of the table of permitted transitions that were taken, and how many it has. */
  readonly rowsTaken: number;
  readonly rows: number;
  /**
   * How connections end: for each outcome, the number of states in which nothing
   * can happen any more.
   */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Whether it is known that every run comes to an end: none goes round in a circle. */
  readonly comesToRest: boolean;
  /** Whether it was stopped before it had seen every state, and without a counterexample. */
  readonly partial: boolean;
  /** The chance that two states were taken for one, since only 64 bits of each are kept. */
  readonly collisionChance: number;
  readonly counterexample?: Counterexample;
}

type BoundName = "loss" | "duplicate" | "reorder" | "data" | "abort" | "open";

/** A shortest way into a breach: no other has fewer steps. */
export interface Counterexample {
  /** The law that is broken. */
  readonly law: string;
  /** At which end, what is wrong, and what would be right. */
  readonly message: string;
  /** How many steps lead there, the one that breaks the law included. */
  readonly steps: number;
  /** The run; each step is drawn 1 ms after the one before, a timer when it is due. */
  readonly trace: Trace;
  /** The same as a ladder of plain text. */
  readonly ladder: string;
}

/** What an exploration has found so far. */
export function reportOf(exploration: Exploration): ExploreReport {
  const { settings, states, transitions, depth, collisionChance, space } = exploration;
  const { loss, duplicate, reorder, data, abort, open } = settings;
  const { ends, steps } = space.sizes;
  const counterexample = counterexampleOf(exploration);
  return {
    bounds: { loss, duplicate, reorder, data, abort, open },
    ...{ states, transitions, depth, ends, endSteps: steps },
    rowsTaken: exploration.rows,
    rows: TRANSITIONS.length,
    outcomes: Object.fromEntries(exploration.outcomes),
    comesToRest: exploration.comesToRestChecked && counterexample === undefined,
    partial: !exploration.isComplete && counterexample === undefined,
    collisionChance,
    ...(counterexample === undefined ? {} : { counterexample }),
  };
}

function counterexampleOf({ settings, counterexample }: Exploration): Counterexample | undefined {
  if (counterexample === undefined) return undefined;
  const { broken, path } = counterexample;
  const trace = retell(settings, path);
  return { ...broken, steps: path.length, trace, ladder: withoutHeading(textLadder(trace)) };
}

/** No scenario, seed or digest could play it again, so the ladder begins with its lifelines. */
function withoutHeading(ladder: string): string {
  return ladder.slice(ladder.indexOf("\n\n") + 2);
}
