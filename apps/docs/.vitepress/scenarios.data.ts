import { scenarios } from "./scenarios.ts";

/** What the list of scenarios shows of each. */
export interface ScenarioEntry {
  readonly name: string;
  readonly title: { readonly en: string; readonly ko: string };
  readonly description: { readonly en: string; readonly ko: string };
}

declare const data: ScenarioEntry[];

export { data };

export default {
  load: (): ScenarioEntry[] =>
    scenarios.map(({ name, title, description }) => ({ name, title, description })),
};
