import { type Law, play, type Run } from "@synfin/properties";
import {
  SCENARIO_VERSION,
  type Scenario,
  type ScenarioHost,
  type Step,
  type When,
} from "@synfin/simulator";
import { expect } from "vitest";
import { breaches } from "./doctor.ts";

type Traits = Pick<ScenarioHost, "isns" | "params" | "reads">;

interface Story {
  readonly seed: number;
  readonly client?: Traits;
  readonly server?: Traits;
  readonly link: Scenario["link"];
  readonly faults?: readonly string[];
  readonly script: readonly Step[];
}

export const connect: Step = {
  atUs: 0,
  host: "client",
  call: "connect",
  port: 80,
  fromPort: 50_000,
};
export const opened: readonly Step[] = [
  { atUs: 0, host: "server", call: "listen", port: 80 },
  connect,
];

export function played({ seed, client = {}, server = {}, link, faults = [], script }: Story): Run {
  const scenario: Scenario = {
    ...{ format: "synfin-scenario", version: SCENARIO_VERSION, name: "random" },
    ...{ title: { en: "Story", ko: "이야기" }, description: { en: "A story.", ko: "이야기." } },
    hosts: [
      { name: "client", address: "192.0.2.1", ...client },
      { name: "server", address: "192.0.2.2", ...server },
    ],
    ...{ link, faults, script },
  };
  return play(scenario, seed);
}

/** The run breaks nothing, and the law had something to say about it. */
export function expectRight(law: Law<Run>, premise: string, run: Run): void {
  expect(breaches(law, run)).toEqual([]);
  expect(law.check(run).premises.get(premise)).toBeGreaterThan(0);
}

/** A segment of the client's that no one has sent now: an old duplicate, or an attacker's. */
export function stray(flag: "SYN" | "RST", when: When, seq: number): Step {
  const segment = { seq, window: 1000, srcPort: 50_000, dstPort: 80 };
  return { ...when, host: "client", call: "inject", segment: { flags: [flag], ...segment } };
}
