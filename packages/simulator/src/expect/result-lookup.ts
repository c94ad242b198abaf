import type { Histogram } from "../stats/histogram.ts";
import type { MetricName } from "./expectation.ts";
import type { Lookup, Metric, MetricKind } from "./metric.ts";

/** The object whose numbers can be named without it: `failed` for `connections.failed`. */
const SHORT = "connections";

/** Objects whose numbers count connections. */
const COUNTED: readonly string[] = [SHORT, "census"];

/**
 * Names in a result as it is written as JSON: `connections.failed` (or
 * `failed`), `census.client.TIME-WAIT.peak`, `oracle.blocked.observed`, and
 * `p99(connect)` for a histogram of that name.
 *
 * What a number is, its key says (`endedAtUs`, `openedPerSecond`, `lostShare`),
 * or the text `unit` beside it: `us`, `per-second`, `share` or `count`.
 *
 * @param result plain data; what is in arrays has no name
 */
export function resultLookup(
  result: object,
  histograms: Readonly<Record<string, Histogram>> = {},
): Lookup {
  const metrics = new Map(flatten(result, []));
  const find = (name: MetricName): Metric | undefined => {
    if (name.type === "path") return metrics.get(name.text) ?? metrics.get(`${SHORT}.${name.text}`);
    if (!Object.hasOwn(histograms, name.of)) return undefined;
    const histogram = histograms[name.of];
    // Of nothing there is no percentile, and so none that is low enough.
    const value = histogram?.count === 0 ? Number.NaN : histogram?.percentile(name.part);
    return value === undefined ? undefined : { value, kind: "time" };
  };
  return {
    find,
    opened: () => metrics.get(`${SHORT}.opened`)?.value ?? 0,
    names: () => [
      ...[...metrics.keys()].map((path) => path.replace(`${SHORT}.`, "")),
      ...Object.keys(histograms).map((name) => `p99(${name})`),
    ],
  };
}

function flatten(object: object, path: readonly string[]): [string, Metric][] {
  const unit = Object.hasOwn(object, "unit") ? Reflect.get(object, "unit") : undefined;
  return Object.entries(object).flatMap(([key, value]: [string, unknown]): [string, Metric][] => {
    const here = [...path, key];
    if (typeof value === "number") return [[here.join("."), { value, kind: kindOf(here, unit) }]];
    const isPlain = typeof value === "object" && value !== null && !Array.isArray(value);
    return isPlain ? flatten(value, here) : [];
  });
}

const UNITS: ReadonlyMap<unknown, MetricKind> = new Map([
  ["us", "time"],
  ["per-second", "rate"],
  ["share", "ratio"],
  ["ratio", "ratio"],
  ["count", "count"],
]);

const ENDINGS: readonly (readonly [RegExp, MetricKind])[] = [
  [/Us$/, "time"],
  [/PerSecond$/, "rate"],
  [/(^s|S)hare$/, "ratio"],
];

function kindOf(path: readonly string[], unit: unknown): MetricKind {
  const [first = ""] = path;
  const key = path.at(-1) ?? "";
  const byKey = ENDINGS.find(([ending]) => ending.test(key))?.[1];
  return byKey ?? UNITS.get(unit) ?? (COUNTED.includes(first) ? "count" : "number");
}
