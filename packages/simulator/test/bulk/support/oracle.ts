import type { BulkResult, Choice, Oracle } from "@synfin/simulator/bulk";
import { findBulkScenario } from "@synfin/simulator/bulk";
import { replicate, type StoppingRule, WITHIN_A_HUNDREDTH } from "@synfin/simulator/stats";
import { expect } from "vitest";
import { runScenario, settings } from "./run.ts";

export type HowToJudge = Partial<StoppingRule> & { readonly seed?: number };

/** What was seen of an oracle, and whether that is what was expected. */
export interface Verdict {
  readonly name: string;
  /** What was expected lies within the interval. */
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
  const { seed = 7, ...rule } = how;
  const results: BulkResult[] = [];
  const result = (replication: number): BulkResult => {
    results[replication] ??= runScenario(name, run, { seed, replication });
    return results[replication];
  };
  return scenario
    .oracles(settings(name, choice))
    .map((oracle) => verdict(oracle, result, { ...WITHIN_A_HUNDREDTH, ...rule }));
}

function verdict(
  { name, expected, error = 0, observe }: Oracle,
  result: (replication: number) => BulkResult,
  rule: StoppingRule,
): Verdict {
  const { mean, halfWidth, n, stopped } = replicate((nth) => observe(result(nth)), rule);
  // What comes out the same each time may differ by the last bits of a sum.
  const off = Math.abs(mean - expected) - error - 1e-12 * Math.abs(expected);
  const text = `${name}: ${mean} ± ${halfWidth} of ${n}, expected ${expected} ± ${error}`;
  const near = off <= halfWidth;
  return { name, near, holds: near && stopped === "precise", text };
}

/**
 * Each oracle of a scenario lies within the interval of what runs show, and the
 * interval is narrow (`WITHIN_A_HUNDREDTH`). A scenario that draws nothing may
 * do with two replications: `{ min: 2 }`.
 */
export function expectOracle(name: string, choice: Choice, how: HowToJudge = {}): void {
  const verdicts = judge(name, choice, how);
  expect(verdicts.length).toBeGreaterThan(0);
  expect(verdicts.filter(({ holds }) => !holds).map(({ text }) => text)).toEqual([]);
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
