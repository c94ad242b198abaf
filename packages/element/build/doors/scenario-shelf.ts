import { shared } from "synfin:shelf";
import { BULK_SCENARIOS, type BulkScenario } from "@synfin/simulator/bulk";
import type { Engine } from "@synfin/worker";
import type { Part } from "./part.ts";
import { setSampler } from "./sample.ts";

/** What a part for the worker brings: a scenario, or what tells one connection of it again. */
interface Shelved {
  readonly scenario?: BulkScenario;
  readonly createSample?: Engine["createSample"];
}

/** Puts what came as a part where it can be found; on the page and in the worker. */
export function shelve(open: Part["open"]): void {
  const { scenario, createSample } = open(shared()) as Shelved;
  if (scenario !== undefined) (BULK_SCENARIOS as BulkScenario[]).push(scenario);
  if (createSample !== undefined) setSampler(createSample);
}
