import { type Scenario, traceScenario } from "@synfin/simulator";
import { type Run, runOf } from "./run.ts";
import { EndlessRun, Watcher } from "./watcher.ts";

/**
 * Plays a scenario and makes the run ready for the laws.
 * Throws where the machine itself finds that something cannot be, and
 * `EndlessRun` where the run does not come to an end.
 */
export function play(scenario: Scenario, seed: number): Run {
  const watcher = new Watcher(scenario.hosts.map((host) => host.name));
  const trace = traceScenario(scenario, { seed, observers: [watcher] });
  const params = Object.fromEntries(scenario.hosts.map((host) => [host.name, host.params ?? {}]));
  return runOf(trace, { params, cut: scenario.untilUs !== undefined, watched: watcher });
}

/** The same, but undefined where the run becomes a storm of acknowledgments; see `EndlessRun`. */
export function playUnlessStorm(scenario: Scenario, seed: number): Run | undefined {
  try {
    return play(scenario, seed);
  } catch (error) {
    if (error instanceof EndlessRun && error.isAckStorm) return undefined;
    throw error;
  }
}
