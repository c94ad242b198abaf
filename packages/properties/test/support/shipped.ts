import { play, type Run } from "@synfin/properties";
import { findScenario, type Scenario, type ScenarioHost } from "@synfin/simulator";
import { found } from "./doctor.ts";

/** A run of a scenario that ships, under the default seed. */
export function shipped(name: string, seed = 1): Run {
  return play(found(findScenario(name), name), seed);
}

/** A shipped scenario with other parameters at both hosts, or another fault. */
export function varied(
  name: string,
  params: Readonly<Record<string, number>>,
  more: Partial<Scenario> = {},
): Run {
  const scenario = found(findScenario(name), name);
  const [left, right] = scenario.hosts;
  const change = (host: ScenarioHost) => ({ ...host, params: { ...host.params, ...params } });
  return play({ ...scenario, hosts: [change(left), change(right)], ...more }, 1);
}
