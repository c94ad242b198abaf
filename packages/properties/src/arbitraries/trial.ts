import type { Scenario } from "@synfin/simulator";
import fc from "fast-check";
import { describeScenario } from "../describe.ts";
import { randomScenario } from "./scenario.ts";

/** A scenario and the seed to play it with. */
export interface Trial {
  readonly scenario: Scenario;
  readonly seed: number;
}

/** Random scenarios under random seeds; a counterexample prints as a script to read. */
export const trial: fc.Arbitrary<Trial> = fc
  .record({ scenario: randomScenario, seed: fc.nat() }, { noNullPrototype: true })
  .map((drawn) => {
    const text = () => describeTrial(drawn);
    return Object.defineProperty(drawn, fc.toStringMethod, { value: text, enumerable: false });
  });

/** The trial as lines of text. */
export function describeTrial({ scenario, seed }: Trial): string {
  return `seed ${seed}\n${describeScenario(scenario)}`;
}
