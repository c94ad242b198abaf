import { type Scenario, scenarios, type Text } from "@synfin/simulator";

/** What a list of the scenarios that ship has to know of each. */
export interface Listed {
  readonly name: string;
  readonly title: Text;
  readonly description?: Text;
}

export const catalogue: readonly Listed[] = scenarios satisfies readonly Scenario[];
