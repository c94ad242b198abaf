import type { Profile, ProfileName } from "@synfin/core/tcp";
import type { Text } from "../scenario/scenario.ts";
import type { CounterName } from "./counters.ts";
import type { BulkPlan } from "./plan.ts";
import type { BulkResult } from "./result.ts";
import { type Start, startingFrom } from "./start.ts";

/**
 * What a parameter's number means. `us` is microseconds, `ppm` a share in
 * millionths (1 % is 10,000), `switch` 0 or 1, `choice` an index into
 * `Parameter.choices`.
 */
export type Unit = "count" | "per-second" | "us" | "octets" | "ppm" | "switch" | "choice";

/** A number that a user may set: an integer from `min` to `max`. */
export interface Parameter {
  /** Lower-case words with hyphens. */
  readonly key: string;
  readonly unit: Unit;
  /** By the profile, where the profile says something about it. */
  readonly default: number | ((profile: Profile) => number);
  readonly min: number;
  readonly max: number;
  readonly doc: Text;
  /** The words for 0, 1, 2 … of a `choice`. */
  readonly choices?: readonly string[];
}

/** A scenario's parameters, chosen and checked. */
export interface Settings {
  readonly profile: Profile;
  /** Every parameter of the scenario by its key. */
  readonly values: Readonly<Record<string, number>>;
  /** What its first host has open already; nothing by default. */
  readonly start?: Start | undefined;
}

/**
 * What theory says about a run. It holds where the interval of the means of
 * independent replications contains what was expected, or comes within
 * `error` of it.
 */
export interface Oracle {
  /** Lower-case words with hyphens. */
  readonly name: string;
  /** A sentence: what, and by which formula. */
  readonly claim: Text;
  readonly expected: number;
  readonly unit: Unit | "ratio";
  /** How far off the formula may be, where it is an approximation; in the same unit. */
  readonly error?: number;
  /** The same number of one run. */
  readonly observe: (result: BulkResult) => number;
}

/** What a resource can carry, for the answer to "at what rate would it have held?". */
export interface Capacity {
  /** The resource: `ephemeral ports`. */
  readonly resource: Text;
  /** What a call fails with where it is used up; nothing where the loss is silent. */
  readonly errno?: string;
  /** `nstat`'s counter of those that went without, where there is one. */
  readonly counter?: CounterName;
  /**
   * Connections in a second, at an even rate, for which there is enough of it.
   * 0 where every rate uses it up in the end, `Infinity` where none does.
   */
  readonly perSecond: number;
  /** How that follows: `ports / time that each is taken`. */
  readonly formula: Text;
  /** When a run had used it up for the first time; undefined where no one went without. */
  readonly usedUpAtUs: (result: BulkResult) => number | undefined;
}

/** A question about many connections: who opens how many, and what comes of it. */
export interface BulkScenario {
  readonly name: string;
  readonly title: Text;
  /** A paragraph: what happens, why, and what to try. */
  readonly explanation: Text;
  /** What the model leaves out. */
  readonly leavesOut: Text;
  /** Whose TCP it runs by default. */
  readonly profile: ProfileName;
  readonly parameters: readonly Parameter[];
  readonly plan: (settings: Settings) => BulkPlan;
  readonly oracles: (settings: Settings) => readonly Oracle[];
  /** The resources that can run out here, where a formula says what each can carry. */
  readonly capacity?: (settings: Settings) => readonly Capacity[];
}

/** What these settings come to: the scenario's plan, from where the settings start. */
export function planOf(scenario: BulkScenario, settings: Settings): BulkPlan {
  const plan = scenario.plan(settings);
  return settings.start === undefined ? plan : startingFrom(plan, settings.start);
}

/** What theory says of these settings: nothing for a host that is not fresh. */
export function oraclesOf(scenario: BulkScenario, settings: Settings): readonly Oracle[] {
  return settings.start === undefined ? scenario.oracles(settings) : [];
}

/** What the scenario's resources can carry, but for those that no rate uses up. */
export function capacityOf(scenario: BulkScenario, settings: Settings): readonly Capacity[] {
  const all = scenario.capacity?.(settings) ?? [];
  return all.filter(({ perSecond }) => perSecond !== Number.POSITIVE_INFINITY);
}

/** The value of a parameter. Throws where the scenario has no such parameter: a bug. */
export function settingOf({ values }: Settings, key: string): number {
  const value = values[key];
  if (value === undefined) throw new Error(`synfin: the scenario has no parameter "${key}"`);
  return value;
}
