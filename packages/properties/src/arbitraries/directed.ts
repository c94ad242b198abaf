import type { Scenario, ScenarioHost, Step } from "@synfin/simulator";
import type { Trial } from "./trial.ts";

/** The trial with another scenario in it; prints as that one does. */
export function changed(drawn: Trial, change: Partial<Scenario>): Trial {
  return { ...drawn, scenario: { ...drawn.scenario, ...change } };
}

/** Both hosts with these parameters beside their own, and with users who read at once. */
export function withParams(
  [left, right]: Scenario["hosts"],
  params: Readonly<Record<string, number>>,
): Scenario["hosts"] {
  const change = ({ reads: _, ...host }: ScenarioHost): ScenarioHost => {
    return { ...host, params: { ...host.params, ...params } };
  };
  return [change(left), change(right)];
}

/** The server listens and the client connects, as most do. */
export const PLAIN_OPENING: readonly Step[] = [
  { atUs: 0, host: "server", call: "listen", port: 80 },
  { atUs: 0, host: "client", call: "connect", port: 80, fromPort: 50_000 },
];
