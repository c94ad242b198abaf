import type { BulkResult, Choice, Oracle } from "@synfin/simulator/bulk";
import { findBulkScenario } from "@synfin/simulator/bulk";
import {
  holds,
  type Replications,
  replicate,
  type StoppingRule,
  WITHIN_A_HUNDREDTH,
} from "@synfin/simulator/stats";
import { expect } from "vitest";
import { runScenario, settings } from "./run.ts";

export type HowToJudge = Partial<StoppingRule> & {
  readonly seed?: number;
  /** Not all of the scenario's oracles, where one alone takes far longer to know. */
  readonly only?: readonly string[];
};

/** What was seen of an oracle, and whether that is what was expected. */
export interface Verdict {
  readonly name: string;
  readonly found: Replications;
  /** What was expected lies within the interval, or within the oracle's error of it. */
  readonly near: boolean;
  /** It does, and the interval is narrow. */
  readonly holds: boolean;
  /** The numbers, for the message of a test that fails. */
  readonly text: string;
}

/** The oracles of a scenario so chosen, held against runs that may be chosen otherwise. */
export function judge(
  name: string,
  choice: Choice,
  how: HowToJudge = {},
  run: Choice = choice,
): Verdict[] {
  const scenario = findBulkScenario(name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  const { seed = 7, only, ...rule } = how;
  const results: BulkResult[] = [];
  const result = (replication: number): BulkResult => {
    results[replication] ??= runScenario(name, run, { seed, replication });
    return results[replication];
  };
  return scenario
    .oracles(settings(name, choice))
    .filter((oracle) => only?.includes(oracle.name) ?? true)
    .map((oracle) => verdict(oracle, result, { ...WITHIN_A_HUNDREDTH, ...rule }));
}

function verdict(
  { name, expected, error = 0, observe }: Oracle,
  result: (replication: number) => BulkResult,
  rule: StoppingRule,
): Verdict {
  const found = replicate((nth) => observe(result(nth)), rule);
  const { mean, halfWidth, n, stopped } = found;
  const near = holds(found, expected, error);
  const text = `${name}: ${mean} ± ${halfWidth} of ${n}, expected ${expected} ± ${error}`;
  return { name, found, near, holds: near && stopped === "precise", text };
}

/** The numbers of those that do not hold; none, it is hoped. */
export function misses(verdicts: readonly Verdict[]): string[] {
  return verdicts.filter((each) => !each.holds).map(({ text }) => text);
}

/**
 * Each oracle of a scenario lies within the interval of what runs show, and the
 * interval is narrow (`WITHIN_A_HUNDREDTH`). A scenario that draws nothing may
 * do with two replications: `{ min: 2 }`.
 *
 * @returns the mean of what was seen, by the oracle's name
 */
export function expectOracle(
  name: string,
  choice: Choice,
  how: HowToJudge = {},
): Readonly<Record<string, number>> {
  const verdicts = judge(name, choice, how);
  expect(verdicts.length).toBeGreaterThan(0);
  expect(misses(verdicts)).toEqual([]);
  return Object.fromEntries(verdicts.map((each) => [each.name, each.found.mean]));
}

/**
 * Which oracles of `choice` runs with `off` lie outside of: that mechanism is
 * what they rest on. An interval that is merely wide breaks none.
 */
export function brokenWithout(
  name: string,
  choice: Choice,
  off: Choice,
  how: HowToJudge = {},
): string[] {
  return judge(name, choice, { min: 2, max: 5, ...how }, off)
    .filter(({ near }) => !near)
    .map((each) => each.name);
}
