import { paramProblem } from "@synfin/core/tcp";
import { nearestNames } from "../view/nearest.ts";
import type { BulkScenario, Parameter, Settings } from "./scenario.ts";
import { type Choice, settled } from "./settle.ts";

/** Settings, or one line that names the parameter, the bad value, and what would be right. */
export type SettingsResult =
  | { readonly ok: true; readonly value: Settings }
  | { readonly ok: false; readonly message: string };

/** Fills in what was not chosen, and refuses what cannot be. Never throws. */
export function checkSettings(scenario: BulkScenario, choice: Choice = {}): SettingsResult {
  for (const [name, value] of Object.entries(choice.params ?? {})) {
    const problem = paramProblem(name, value);
    if (problem !== undefined) return { ok: false, message: problem };
  }
  const unknown = Object.keys(choice.values ?? {}).find((key) => !hasParameter(scenario, key));
  if (unknown !== undefined) return { ok: false, message: noSuchParameter(scenario, unknown) };
  const value = settled(scenario, choice);
  for (const parameter of scenario.parameters) {
    const problem = outOfBounds(parameter, value.values[parameter.key] ?? Number.NaN);
    if (problem !== undefined) return { ok: false, message: problem };
  }
  return { ok: true, value };
}

function hasParameter({ parameters }: BulkScenario, key: string): boolean {
  return parameters.some((parameter) => parameter.key === key);
}

function noSuchParameter({ name, parameters }: BulkScenario, key: string): string {
  const keys = parameters.map((parameter) => parameter.key);
  const near = nearestNames(key, keys);
  const hint = near.length === 0 ? "" : ` (did you mean ${near.join(" or ")}?)`;
  return `${name} has no parameter "${key}"${hint}; there are ${keys.join(", ")}`;
}

function outOfBounds({ key, min, max, choices }: Parameter, value: number): string | undefined {
  if (Number.isInteger(value) && value >= min && value <= max) return undefined;
  const wanted =
    choices === undefined ? `an integer from ${min} to ${max}` : `one of ${choices.join(", ")}`;
  return `${key} is ${value}; it must be ${wanted}`;
}
