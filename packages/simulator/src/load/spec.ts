import { RFC9293 } from "@synfin/core/tcp";
import type { Ratio } from "../scenario/scenario.ts";

/**
 * A crowd to simulate: so many connections, opened at a steady rate by one
 * host to another, each held for a while and then closed by the client, until
 * the last of them has left TIME-WAIT. Plain numbers, so that it crosses a
 * worker's boundary as it is. Times are integers in microseconds.
 */
export interface LoadSpec {
  readonly scenario: LoadScenario;
  /** How many connections are opened in all. */
  readonly connections: number;
  /** How many of them start in each second of virtual time. */
  readonly ratePerSecond: number;
  /** An unsigned 32-bit number; the same seed gives the same digest. */
  readonly seed: number;
  /** One-way delay of the link. */
  readonly delayUs: number;
  /** How long a client keeps an established connection before it closes. */
  readonly holdUs: number;
  /** The chance that a segment is lost: `[1, 50]` is one in fifty. */
  readonly loss: Ratio;
  /** What differs from the profile `rfc9293`, such as `{ mslUs: 30_000_000 }`. */
  readonly params: Readonly<Record<string, number>>;
}

export const LOAD_SCENARIOS = ["steady"] as const;
export type LoadScenario = (typeof LOAD_SCENARIOS)[number];

/** Ten thousand connections in a hundred seconds, each of them open for twenty. */
export const DEFAULT_LOAD: LoadSpec = {
  scenario: "steady",
  connections: 10_000,
  ratePerSecond: 100,
  seed: 7,
  delayUs: 20_000,
  holdUs: 20_000_000,
  loss: [1, 100],
  params: {},
};

/** Something wrong with a spec: which field, its value, and what would be right. */
export interface LoadSpecError {
  readonly field: string;
  readonly value: unknown;
  /** A sentence for a person, which names all three. */
  readonly message: string;
}

/**
 * The least and the greatest value of each field that is an integer. A
 * hundred thousand connections are some hundred megabytes as plain objects.
 */
export const LOAD_BOUNDS: Readonly<Record<IntegerField, readonly [number, number]>> = {
  connections: [1, 100_000],
  ratePerSecond: [1, 1_000_000],
  seed: [0, 0xffff_ffff],
  delayUs: [0, 10_000_000],
  holdUs: [0, 3_600_000_000],
};

type IntegerField = "connections" | "ratePerSecond" | "seed" | "delayUs" | "holdUs";

/**
 * What is wrong with a spec, in the order of its fields; nothing if it can be
 * run. Specs come from attributes, links and other threads, so every field is
 * looked at whatever its type claims.
 */
export function checkLoadSpec(spec: LoadSpec): LoadSpecError[] {
  return [...scenarioErrors(spec), ...boundErrors(spec), ...lossErrors(spec), ...paramErrors(spec)];
}

function problem(field: string, value: unknown, wanted: string): LoadSpecError {
  const shown = typeof value === "number" ? String(value) : JSON.stringify(value);
  return { field, value, message: `${field} is ${shown}; it must be ${wanted}` };
}

function scenarioErrors(spec: LoadSpec): LoadSpecError[] {
  if (LOAD_SCENARIOS.includes(spec.scenario)) return [];
  return [problem("scenario", spec.scenario, `one of ${LOAD_SCENARIOS.join(", ")}`)];
}

function boundErrors(spec: LoadSpec): LoadSpecError[] {
  const fields = Object.keys(LOAD_BOUNDS) as IntegerField[];
  return fields.flatMap((field) => {
    const [least, most] = LOAD_BOUNDS[field];
    return isIntegerWithin(spec[field], least, most)
      ? []
      : [problem(field, spec[field], `an integer from ${least} to ${most}`)];
  });
}

function lossErrors(spec: LoadSpec): LoadSpecError[] {
  const [part, whole] = Array.isArray(spec.loss) ? spec.loss : [];
  const sound = isIntegerWithin(whole, 1, 1_000_000) && isIntegerWithin(part, 0, whole);
  return sound ? [] : [problem("loss", spec.loss, "a ratio of integers such as [1, 50]")];
}

function paramErrors(spec: LoadSpec): LoadSpecError[] {
  if (typeof spec.params !== "object" || spec.params === null) {
    return [problem("params", spec.params, "an object of numbers")];
  }
  return Object.entries(spec.params).flatMap(([name, value]) => {
    const field = `params.${name}`;
    if (!Object.hasOwn(RFC9293, name)) {
      return [problem(field, value, "left out: there is no such parameter")];
    }
    const sound = isIntegerWithin(value, 0, Number.MAX_SAFE_INTEGER);
    return sound ? [] : [problem(field, value, "an integer that is not negative")];
  });
}

function isIntegerWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}
