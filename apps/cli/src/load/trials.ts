import {
  type BulkResult,
  type BulkScenario,
  checkSettings,
  type Parameter,
  planOf,
  type Settings,
} from "@synfin/simulator/bulk";
import { UsageError } from "../io.ts";
import type { Crew } from "./crew.ts";
import type { ProgressLine } from "./progress-line.ts";
import type { Chosen } from "./settings-of.ts";
import { showValue } from "./values.ts";

/** What several runs of one command have in common. */
export interface Series {
  readonly scenario: BulkScenario;
  readonly chosen: Chosen;
  readonly seed: number;
  readonly replications: number;
  readonly crew: Crew;
  readonly progress: ProgressLine;
}

/** One run of a series: the value that was tried, and what came of it. */
export interface Trial {
  readonly value: number;
  readonly settings: Settings;
  /** At least one, in full: a run that was stopped is no trial. */
  readonly results: readonly BulkResult[];
}

/** The parameter that a series varies. Throws a `UsageError` where it cannot be. */
export function variable(
  { name, parameters }: BulkScenario,
  option: string,
  key: string,
): Parameter {
  const parameter = parameters.find((one) => one.key === key);
  const numeric = parameters.filter(({ unit }) => unit !== "choice" && unit !== "switch");
  if (parameter !== undefined && numeric.includes(parameter)) return parameter;
  const known = numeric.map((one) => one.key).join(", ");
  const what =
    parameter === undefined
      ? `${name} has no parameter "${key}"`
      : `"${key}" is no number that could be varied`;
  throw new UsageError(`load: ${option}: ${what}; there are ${known}`);
}

/** Runs one value; undefined where it was stopped before its end. */
export async function tryValue(
  series: Series,
  parameter: Parameter,
  value: number,
): Promise<Trial | undefined> {
  const { scenario, chosen, seed, replications, crew, progress } = series;
  const values = { ...chosen.choice.values, [parameter.key]: value };
  const choice = { ...chosen.choice, values };
  const checked = checkSettings(scenario, choice);
  if (!checked.ok) throw new UsageError(`load: ${checked.message}`);
  const { cells } = planOf(scenario, checked.value);
  const work = { scenario: scenario.name, choice, seed, replications, cells };
  const of = `${parameter.key} ${showValue(parameter, value)}`;
  const { results, partial } = await crew.run(work, (now) => progress.show(now, of));
  return partial ? undefined : { value, settings: checked.value, results };
}
