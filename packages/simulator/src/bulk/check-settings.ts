import { PROFILES, type Profile, type ProfileName, paramProblem } from "@synfin/core/tcp";
import { nearestNames } from "../view/nearest.ts";
import type { BulkScenario, Parameter, Settings } from "./scenario.ts";
import type { Start } from "./start.ts";

/** What a user chose: values of the scenario's parameters, and of the machine's, by name. */
export interface Choice {
  readonly profile?: ProfileName | undefined;
  readonly values?: Readonly<Record<string, number>>;
  /** What differs from the profile, such as `{ mslUs: 30_000_000 }`; see `TcpParams`. */
  readonly params?: Readonly<Record<string, number>>;
  /** The first and the last ephemeral port, where they are not the profile's. */
  readonly ephemeralPorts?: Profile["ephemeralPorts"] | undefined;
  /** What the first host has open already when the run begins; nothing by default. */
  readonly start?: Start | undefined;
}

/** Settings, or one line that names the parameter, the bad value, and what would be right. */
export type SettingsResult =
  | { readonly ok: true; readonly value: Settings }
  | { readonly ok: false; readonly message: string };

/** Fills in what was not chosen, and refuses what cannot be. Never throws. */
export function checkSettings(scenario: BulkScenario, choice: Choice = {}): SettingsResult {
  const base = PROFILES[choice.profile ?? scenario.profile];
  const given = Object.entries(choice.params ?? {});
  for (const [name, value] of given) {
    const problem = paramProblem(name, value);
    if (problem !== undefined) return { ok: false, message: problem };
  }
  const { ephemeralPorts = base.ephemeralPorts } = choice;
  const profile = { ...base, ephemeralPorts, params: { ...base.params, ...choice.params } };
  const unknown = Object.keys(choice.values ?? {}).find((key) => !hasParameter(scenario, key));
  if (unknown !== undefined) return { ok: false, message: noSuchParameter(scenario, unknown) };
  const values: Record<string, number> = {};
  for (const parameter of scenario.parameters) {
    const value = choice.values?.[parameter.key] ?? defaultOf(parameter, profile);
    const problem = outOfBounds(parameter, value);
    if (problem !== undefined) return { ok: false, message: problem };
    values[parameter.key] = value;
  }
  return { ok: true, value: { profile, values, start: choice.start } };
}

/** The value of a parameter that no one has set. */
export function defaultOf(parameter: Parameter, profile: Profile): number {
  return typeof parameter.default === "number" ? parameter.default : parameter.default(profile);
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
