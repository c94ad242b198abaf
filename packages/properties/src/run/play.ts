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
  const slow = scenario.hosts.filter(({ reads }) => reads === false);
  const slowReaders = slow.map(({ name }) => name);
  const cut = scenario.untilUs !== undefined;
  return runOf(trace, {
    ...{ params, cut, watched: watcher, slowReaders },
    isUrgent: (host, length) => isUrgent(scenario, host, length),
    chosenIsns: (name) => scenario.hosts.find((host) => host.name === name)?.isns?.length ?? 0,
  });
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

/** Known where all texts of that length at that host are alike. */
function isUrgent({ script }: Scenario, host: string, length: number): boolean | undefined {
  const kinds = script.flatMap((step) => {
    const same = step.call === "send" && step.host === host && step.bytes === length;
    return same ? [step.urgent === true] : [];
  });
  return kinds.every((kind) => kind === kinds[0]) ? kinds[0] : undefined;
}
