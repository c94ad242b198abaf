import { PROFILES, type Profile, type ProfileName } from "@synfin/core/tcp";
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

/** Fills in what was not chosen; of a choice that is known to be sound, see `checkSettings`. */
export function settled(scenario: BulkScenario, choice: Choice): Settings {
  const base = PROFILES[choice.profile ?? scenario.profile];
  const { ephemeralPorts = base.ephemeralPorts } = choice;
  const profile = { ...base, ephemeralPorts, params: { ...base.params, ...choice.params } };
  const values = scenario.parameters.map((parameter) => {
    const { key } = parameter;
    return [key, choice.values?.[key] ?? defaultOf(parameter, profile)];
  });
  return { profile, values: Object.fromEntries(values), start: choice.start };
}

/** The value of a parameter that no one has set. */
export function defaultOf(parameter: Parameter, profile: Profile): number {
  return typeof parameter.default === "number" ? parameter.default : parameter.default(profile);
}
