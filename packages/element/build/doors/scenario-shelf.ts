import { shared } from "synfin:shared";
import { BULK_SCENARIOS, type BulkScenario } from "@synfin/simulator/bulk";
import type { Part } from "./part.ts";

/** Puts a scenario that came as a part among those that can be found, on page and worker alike. */
export function shelve(open: Part["open"]): void {
  const { scenario } = open(shared()) as { readonly scenario: BulkScenario };
  (BULK_SCENARIOS as BulkScenario[]).push(scenario);
}
