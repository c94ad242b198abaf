import { PROFILE_NAMES, PROFILES, type ProfileName } from "@synfin/core/tcp";
import {
  type BulkScenario,
  defaultOf,
  findBulkScenario,
  type LoadRequest,
  type Parameter,
} from "@synfin/simulator/bulk";
import { readValue } from "@synfin/simulator/expect";
import { listedScenarios } from "./scenarios.ts";
import { choicesOf, readPairs, writeValue } from "./values.ts";

/** What a reader sets, as it stands in attributes and inputs: not yet known to be sound. */
export interface LoadSettings {
  readonly scenario: string;
  /** None for the one that the scenario has by default. */
  readonly profile: string | undefined;
  readonly seed: number;
  /** How many independent runs. */
  readonly replications: number;
  /** Short for the parameter of this name, where the scenario has it. */
  readonly connections: number | undefined;
  readonly rate: number | undefined;
  /** `key=value` for any parameter, separated by spaces. */
  readonly set: string | undefined;
}

export const DEFAULT_SCENARIO = "steady";
export const DEFAULT_SEED = 7;
export const DEFAULT_REPLICATIONS = 1;

/** The numbers that are no parameter of a scenario, from which to which they go. */
export const OWN_BOUNDS = {
  seed: [0, 0xffff_ffff],
  replications: [1, 100],
} as const;

export type OwnNumber = keyof typeof OWN_BOUNDS;

/** One parameter with what was chosen for it. */
export interface Field {
  readonly parameter: Parameter;
  readonly value: number;
  readonly defaultValue: number;
  /** What was written in `set`, where that is no value. */
  readonly unread?: string | undefined;
}

/** Something that keeps the settings from being run. */
export type Problem =
  | { readonly kind: "bounds"; readonly field: Field }
  | { readonly kind: "own"; readonly name: OwnNumber; readonly value: number }
  | {
      /** A name that there is none of, and those that there are. */
      readonly kind: "name";
      readonly name: string;
      readonly known: readonly string[];
    };

/** The settings looked at: what to show in the form, and what is wrong. */
export interface Form {
  readonly scenario: BulkScenario;
  readonly profile: ProfileName;
  readonly seed: number;
  readonly replications: number;
  readonly fields: readonly Field[];
  readonly problems: readonly Problem[];
}

/** What the settings come to; in place of an unknown scenario or profile stands the default. */
export function formOf(settings: LoadSettings): Form {
  const { scenario, profile, problems } = namesOf(settings);
  const { pairs, odd } = readPairs(settings.set ?? "");
  const keys = scenario.parameters.map(({ key }) => key);
  const strange = [...[...pairs.keys()].filter((key) => !keys.includes(key)), ...odd];
  const fields = scenario.parameters.map((parameter) =>
    fieldOf(parameter, profile, pairs.get(parameter.key), shortFor(parameter.key, settings)),
  );
  const { seed, replications } = settings;
  return {
    ...{ scenario, profile, seed, replications, fields },
    problems: [
      ...problems,
      ...strange.map((name): Problem => ({ kind: "name", name, known: keys })),
      ...fields.filter(isOutOfBounds).map(fieldProblem),
      ...ownProblem("seed", seed),
      ...ownProblem("replications", replications),
    ],
  };
}

function fieldProblem(field: Field): Problem {
  const { parameter, unread } = field;
  const known = choicesOf(parameter);
  return known === undefined || unread === undefined
    ? { kind: "bounds", field }
    : { kind: "name", name: unread, known };
}

function ownProblem(name: OwnNumber, value: number): Problem[] {
  const [least, most] = OWN_BOUNDS[name];
  const isSound = Number.isInteger(value) && value >= least && value <= most;
  return isSound ? [] : [{ kind: "own", name, value }];
}

function namesOf({ scenario: name, profile: wanted }: LoadSettings): {
  readonly scenario: BulkScenario;
  readonly profile: ProfileName;
  readonly problems: readonly Problem[];
} {
  const found = findBulkScenario(name);
  const scenario = found ?? findBulkScenario(DEFAULT_SCENARIO);
  if (scenario === undefined) throw new Error(`synfin: ${DEFAULT_SCENARIO} is not in this build`);
  const profile = PROFILE_NAMES.find((one) => one === wanted);
  const problems: Problem[] = [];
  // One that is listed and not here is told elsewhere.
  if (found === undefined && !listedScenarios.some((one) => one.name === name)) {
    problems.push({ kind: "name", name, known: listedScenarios.map((one) => one.name) });
  }
  if (wanted !== undefined && profile === undefined) {
    problems.push({ kind: "name", name: wanted, known: PROFILE_NAMES });
  }
  return { scenario, profile: profile ?? scenario.profile, problems };
}

/** The attribute of its own that two parameters have, since nearly everyone sets them. */
function isShort(key: string): key is "connections" | "rate" {
  return key === "connections" || key === "rate";
}

function shortFor(key: string, settings: LoadSettings): number | undefined {
  return isShort(key) ? settings[key] : undefined;
}

function fieldOf(
  parameter: Parameter,
  profile: ProfileName,
  text: string | undefined,
  short: number | undefined,
): Field {
  const defaultValue = defaultOf(parameter, PROFILES[profile]);
  const value = (text === undefined ? short : readValue(parameter, text)) ?? defaultValue;
  return { parameter, value, defaultValue, unread: Number.isNaN(value) ? text : undefined };
}

export function isOutOfBounds({ parameter: { min, max }, value }: Field): boolean {
  return !(Number.isInteger(value) && value >= min && value <= max);
}

/** The run that a form without problems asks for. */
export function requestOf({ scenario, profile, seed, fields }: Form): LoadRequest {
  const chosen = fields.filter(({ value, defaultValue }) => value !== defaultValue);
  return {
    scenario: scenario.name,
    choice: {
      profile,
      values: Object.fromEntries(chosen.map(({ parameter, value }) => [parameter.key, value])),
    },
    seed,
  };
}

/**
 * The settings with another value for one parameter. What has its default
 * value is not written down; nothing at all is `undefined`.
 */
export function withValue(
  settings: LoadSettings,
  { parameter, defaultValue }: Field,
  value: number,
): Pick<LoadSettings, "connections" | "rate" | "set"> {
  const { key } = parameter;
  const pairs = new Map(readPairs(settings.set ?? "").pairs);
  pairs.delete(key);
  const isDefault = value === defaultValue;
  if (!isShort(key) && !isDefault) pairs.set(key, writeValue(parameter, value));
  const set = [...pairs].map(([name, text]) => `${name}=${text}`).join(" ");
  const short = isShort(key) ? { [key]: isDefault ? undefined : value } : {};
  const { connections, rate } = settings;
  return { connections, rate, ...short, set: set === "" ? undefined : set };
}
