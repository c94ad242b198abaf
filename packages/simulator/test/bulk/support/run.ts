import type { BulkResult, Choice, RunOptions, Settings } from "@synfin/simulator/bulk";
import * as source from "@synfin/simulator/bulk";

/** The engine, from its sources or as it is built. */
export type Engine = Pick<
  typeof source,
  "BulkRun" | "checkSettings" | "findBulkScenario" | "mergeResults"
>;

/** The settings of a shipped scenario. Throws where the choice is refused. */
export function settings(name: string, choice: Choice = {}, engine: Engine = source): Settings {
  const scenario = engine.findBulkScenario(name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  const result = engine.checkSettings(scenario, choice);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

export interface HowToRun extends Partial<Omit<RunOptions, "scenario" | "shard">> {
  readonly shards?: number;
  readonly engine?: Engine;
}

/** A whole run of a shipped scenario, one shard after the other. */
export function runScenario(name: string, choice: Choice = {}, how: HowToRun = {}): BulkResult {
  const { shards = 1, engine = source, ...options } = how;
  const scenario = engine.findBulkScenario(name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  const plan = scenario.plan(settings(name, choice, engine));
  const parts = Array.from({ length: shards }, (_, index) => {
    const shard = { index, count: shards };
    const run = new engine.BulkRun(plan, { scenario: name, seed: 7, ...options, shard });
    while (!run.advance(10_000)) {
      // Each turn is a slice of the run.
    }
    return run.result();
  });
  return engine.mergeResults(parts);
}
