import { borrow, lend } from "synfin:lent";
import { shared } from "synfin:shelf";
import { BULK_SCENARIOS, type BulkScenario } from "@synfin/simulator/bulk";
import type { Engine } from "@synfin/worker";
import type { Part } from "./part.ts";
import { setSampler } from "./sample.ts";

/**
 * What a part for the worker brings: a scenario, what tells one connection of it again, or
 * what all of these use of the machine and the first scenario does not.
 */
interface Shelved {
  readonly scenario?: BulkScenario;
  readonly createSample?: Engine["createSample"];
  readonly lent?: object;
}

/** Puts what came as a part where it can be found; on the page and in the worker. */
export function shelve(open: Part["open"]): void {
  const { scenario, createSample, lent } = open({ ...shared(), ...lend() }) as Shelved;
  if (lent !== undefined) borrow(lent);
  if (scenario !== undefined) (BULK_SCENARIOS as BulkScenario[]).push(scenario);
  if (createSample !== undefined) setSampler(createSample);
}
