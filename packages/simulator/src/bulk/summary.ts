import type { Histogram } from "../stats/histogram.ts";
import type { CensusRow } from "./census.ts";
import type { Counters } from "./counters.ts";
import type { BulkResult } from "./result.ts";
import type { Oracle } from "./scenario.ts";

/** A histogram in a few numbers, in the unit of what it counted. */
export interface Span {
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** What theory expected of a run, and what it showed. The oracle of this name has the claim. */
export interface Finding {
  readonly name: string;
  readonly expected: number;
  readonly observed: number;
  readonly unit: Oracle["unit"];
  /** How far off the formula may be, where it is an approximation; in the same unit. */
  readonly error?: number;
}

/**
 * A whole run for one who shows it: plain data that a worker can post, the
 * same on every machine for the same request. Nothing in it can be merged
 * with other runs; `BulkResult` is for that.
 */
export interface BulkSummary
  extends Pick<
    BulkResult,
    "scenario" | "seed" | "hosts" | "connections" | "segments" | "dropped" | "events" | "virtualUs"
  > {
  /** 16 hexadecimal digits over every event of the run. */
  readonly digest: string;
  /** How many calls and connections failed with each errno. */
  readonly failures: Readonly<Record<string, number>>;
  /** By host, in the order of `hosts`. */
  readonly counters: readonly Readonly<Counters>[];
  /** At even distances of virtual time. */
  readonly census: readonly CensusRow[];
  /** What the scenario counted, by name. */
  readonly counts: Readonly<Record<string, number>>;
  /** When something happened for the first time, in microseconds, by name. */
  readonly firsts: Readonly<Record<string, number>>;
  /** `connect`, `close`, `lifetime`, and what the scenario measures itself. */
  readonly spans: Readonly<Record<string, Span>>;
  readonly findings: readonly Finding[];
  readonly peakBytes: number;
}

export function summaryOf(result: BulkResult, oracles: readonly Oracle[]): BulkSummary {
  const { scenario, seed, hosts, connections, segments, dropped, events, virtualUs } = result;
  const { counts, firsts, histograms } = result.measures;
  return {
    ...{ scenario, seed, hosts, connections, segments, dropped, events, virtualUs },
    digest: result.digest.toString(),
    failures: Object.fromEntries(result.failures),
    counters: result.counters,
    census: result.census.rows.map(({ atUs, alive, states }) => ({ atUs, alive, states })),
    counts: Object.fromEntries(counts),
    firsts: Object.fromEntries(firsts),
    spans: Object.fromEntries([...histograms].map(([name, one]) => [name, spanOf(one)])),
    findings: oracles.map((oracle) => findingOf(oracle, result)),
    peakBytes: result.peakBytes,
  };
}

function spanOf(histogram: Histogram): Span {
  const { count, min, mean, max } = histogram;
  const percentile = (nth: number): number => histogram.percentile([nth, 100]);
  return { count, min, mean, p50: percentile(50), p90: percentile(90), p99: percentile(99), max };
}

function findingOf({ name, expected, unit, error, observe }: Oracle, result: BulkResult): Finding {
  const found = { name, expected, observed: observe(result), unit };
  return error === undefined ? found : { ...found, error };
}
