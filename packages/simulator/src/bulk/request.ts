import { PROFILE_NAMES } from "@synfin/core/tcp";
import { nearestNames } from "../view/nearest.ts";
import { checkSettings } from "./check-settings.ts";
import { BULK_SCENARIOS, findBulkScenario } from "./library/index.ts";
import type { BulkScenario, Settings } from "./scenario.ts";
import type { Choice } from "./settle.ts";

/** A run that is asked for: plain data, so that it crosses a worker's boundary as it is. */
export interface LoadRequest {
  /** The name of one of `BULK_SCENARIOS`. */
  readonly scenario: string;
  readonly choice: Choice;
  /** An integer from 0 to 2⁵³ − 1; the same seed gives the same digest. */
  readonly seed: number;
  /** Which of several independent runs with this seed; 0 by default. */
  readonly replication?: number;
}

/** What a request comes to. */
export interface CheckedRequest {
  readonly scenario: BulkScenario;
  readonly settings: Settings;
}

/** A request that can be run, or one line that names what is wrong and what would be right. */
export type RequestResult =
  | { readonly ok: true; readonly value: CheckedRequest }
  | { readonly ok: false; readonly message: string };

/** Looks at every part, whatever its type claims: requests come from attributes and links. */
export function checkRequest({ scenario: name, choice, seed }: LoadRequest): RequestResult {
  const scenario = findBulkScenario(name);
  if (scenario === undefined) {
    return noSuch(
      "load scenario",
      name,
      BULK_SCENARIOS.map((one) => one.name),
    );
  }
  const { profile } = choice;
  if (profile !== undefined && !PROFILE_NAMES.includes(profile)) {
    return noSuch("profile", profile, PROFILE_NAMES);
  }
  if (!(Number.isSafeInteger(seed) && seed >= 0)) {
    return { ok: false, message: `seed is ${seed}; it must be an integer from 0 to 2⁵³ − 1` };
  }
  const settings = checkSettings(scenario, choice);
  return settings.ok ? { ok: true, value: { scenario, settings: settings.value } } : settings;
}

function noSuch(what: string, name: string, names: readonly string[]): RequestResult {
  const near = nearestNames(name, names);
  const hint = near.length === 0 ? "" : ` (did you mean ${near.join(" or ")}?)`;
  return {
    ok: false,
    message: `there is no ${what} "${name}"${hint}; there are ${names.join(", ")}`,
  };
}
