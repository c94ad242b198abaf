import {
  type BulkResult,
  BulkRun,
  type Choice,
  checkSettings,
  findBulkScenario,
  mergeResults,
  type RunOptions,
  type Settings,
} from "@synfin/simulator/bulk";

/** The settings of a shipped scenario. Throws where the choice is refused. */
export function settings(name: string, choice: Choice = {}): Settings {
  const scenario = findBulkScenario(name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  const result = checkSettings(scenario, choice);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

export type HowToRun = Partial<Omit<RunOptions, "scenario" | "shard">> & { shards?: number };

/** A whole run of a shipped scenario, one shard after the other. */
export function runScenario(name: string, choice: Choice = {}, how: HowToRun = {}): BulkResult {
  const scenario = findBulkScenario(name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  const plan = scenario.plan(settings(name, choice));
  const { shards = 1, ...options } = how;
  const parts = Array.from({ length: shards }, (_, index) => {
    const shard = { index, count: shards };
    const run = new BulkRun(plan, { scenario: name, seed: 7, ...options, shard });
    while (!run.advance(10_000)) {
      // Each turn is a slice of the run.
    }
    return run.result();
  });
  return mergeResults(parts);
}
