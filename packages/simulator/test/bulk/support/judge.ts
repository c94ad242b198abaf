import { type BulkResult, type Choice, findBulkScenario } from "@synfin/simulator/bulk";
import { isPrecise, type Replications, replicate } from "@synfin/simulator/stats";
import { expect } from "vitest";
import { runScenario, settings } from "./run.ts";

export interface Judging {
  readonly seed?: number;
  readonly level?: number;
  /** Of the interval, as a part of the value; the run goes on until it is reached. */
  readonly relativeHalfWidth?: number;
  readonly max?: number;
  /** Not all of the scenario's oracles, where one alone takes far longer to know. */
  readonly only?: readonly string[];
  /** Whose oracles judge the run, where they are not those of its own choice. */
  readonly judgedBy?: Choice;
}

export interface Judgement {
  readonly expected: number;
  readonly found: Replications;
  readonly holds: boolean;
}

/** Runs replications until each oracle of a scenario is known well enough, and compares. */
export function judge(
  name: string,
  choice: Choice,
  judging: Judging = {},
): ReadonlyMap<string, Judgement> {
  const { seed = 7, level = 0.99, relativeHalfWidth = 0.01, max = 200, judgedBy, only } = judging;
  // Looking too early makes the level a little less than it says.
  const rule = { level, relativeHalfWidth, min: Math.min(10, max), max };
  const runs: BulkResult[] = [];
  const run = (replication: number): BulkResult => {
    runs[replication] ??= runScenario(name, choice, { seed, replication });
    return runs[replication];
  };
  const all = findBulkScenario(name)?.oracles(settings(name, judgedBy ?? choice)) ?? [];
  const wanted = all.filter((oracle) => only?.includes(oracle.name) ?? true);
  return new Map(
    wanted.map(({ name: oracle, expected, error = 0, observe }) => {
      const found = replicate((replication) => observe(run(replication)), rule);
      // Means of equal numbers may differ in their last bit.
      const near = found.halfWidth + error + 1e-9 * Math.abs(expected);
      return [oracle, { expected, found, holds: Math.abs(found.mean - expected) <= near }];
    }),
  );
}

/** Every oracle of the scenario holds, within an interval that is narrow enough. */
export function expectOracle(
  name: string,
  choice: Choice,
  judging: Judging = {},
): ReadonlyMap<string, Judgement> {
  const { relativeHalfWidth = 0.01 } = judging;
  const judgements = judge(name, choice, judging);
  expect(judgements.size).toBeGreaterThan(0);
  for (const [oracle, { expected, found, holds }] of judgements) {
    const { mean, halfWidth, n } = found;
    const said = `${name} ${oracle}: expected ${expected}, found ${mean} ± ${halfWidth} of ${n}`;
    expect(isPrecise(found, { relativeHalfWidth }), said).toBe(true);
    expect(holds, said).toBe(true);
  }
  return judgements;
}

/** With its mechanism switched off, what this oracle says is not so. */
export function expectNot(name: string, oracle: string, choice: Choice, judgedBy: Choice): void {
  const judgement = judge(name, choice, { judgedBy, max: 5 }).get(oracle);
  expect(judgement, `${name} has no oracle ${oracle}`).toBeDefined();
  expect(judgement?.holds, `${oracle} holds with its mechanism off`).toBe(false);
}
