import { PARAM_BOUNDS, type TcpParams } from "@synfin/core/tcp";
import {
  type BulkScenario,
  type Choice,
  checkSettings,
  type Settings,
} from "@synfin/simulator/bulk";
import { readQuantity } from "@synfin/simulator/expect";
import { nearestNames } from "@synfin/simulator/view";
import { UsageError } from "../io.ts";
import type { Assignment } from "./load-options.ts";
import { readBounded } from "./values.ts";

/** Settings that can be run, and the choice that they come from, for workers to make them again. */
export interface Chosen {
  readonly choice: Choice;
  readonly settings: Settings;
}

/**
 * The scenario's settings: what a system's files say, and over that what the
 * command line says. Throws a `UsageError` that names the bad value and the bound.
 */
export function settingsOf(
  scenario: BulkScenario,
  base: Choice,
  assignments: readonly Assignment[],
): Chosen {
  const values: Record<string, number> = { ...base.values };
  const params: Record<string, number> = { ...base.params };
  for (const assignment of assignments) {
    const { key, text, option } = assignment;
    const parameter = scenario.parameters.find((one) => one.key === key);
    if (parameter !== undefined) {
      const read = readBounded(parameter, text);
      if ("wanted" in read) throw bad(option, text, read.wanted);
      values[key] = read.value;
    } else if (isParam(key)) {
      params[key] = paramOf(key, assignment);
    } else {
      throw unknown(scenario, assignment);
    }
  }
  const choice = { ...base, values, params };
  const result = checkSettings(scenario, choice);
  if (!result.ok) throw new UsageError(`load: ${result.message}`);
  return { choice, settings: result.value };
}

function bad(option: string, text: string, wanted: string): UsageError {
  return new UsageError(`load: ${option} is "${text}", but it should be ${wanted}`);
}

function isParam(key: string): key is keyof TcpParams {
  return Object.hasOwn(PARAM_BOUNDS, key);
}

/** A parameter of the machine by its own name, such as `mslUs`; times have units. */
function paramOf(key: keyof TcpParams, { text, option }: Assignment): number {
  const { min, max } = PARAM_BOUNDS[key];
  const isTime = key.endsWith("Us");
  const quantity = readQuantity(text.replace(/^-/, ""));
  const sign = text.startsWith("-") ? -1 : 1;
  const value = quantity && (sign * quantity.numerator) / quantity.denominator;
  const suits = quantity?.kind === (isTime ? "time" : "plain") || value === 0;
  if (value !== undefined && suits && Number.isInteger(value) && value >= min && value <= max) {
    return value;
  }
  const bounds = isTime ? `a time from ${min}us to ${max / 1_000_000}s` : `from ${min} to ${max}`;
  throw bad(option, text, bounds);
}

function unknown({ name, parameters }: BulkScenario, { key, option }: Assignment): UsageError {
  const keys = parameters.map((parameter) => parameter.key);
  const near = nearestNames(key, [...keys, ...Object.keys(PARAM_BOUNDS)]);
  const hint = near.length === 0 ? "" : ` (did you mean ${near.join(" or ")}?)`;
  const known = keys.join(", ");
  return new UsageError(
    `load: ${option}: ${name} has no parameter "${key}"${hint}; there are ${known}`,
  );
}
