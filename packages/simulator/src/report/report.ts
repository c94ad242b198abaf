import type { Counters } from "../bulk/counters.ts";
import type { BulkResult } from "../bulk/result.ts";
import {
  type BulkScenario,
  type Capacity,
  capacityOf,
  type Oracle,
  oraclesOf,
  type Settings,
} from "../bulk/scenario.ts";
import type { Histogram } from "../stats/histogram.ts";
import type { Interval } from "../stats/judge/confidence.ts";
import { verdictOf } from "../stats/judge/verdict.ts";
import { busiestOf, censusOf, type HostCensus, socketsOf } from "./report-census.ts";

/** The probability with which an interval of a report holds the truth. */
export const LEVEL = 0.99;
export const REPORT_VERSION = 1;

/** Between which bounds the mean of independent replications lies, with probability `level`. */
export interface ReportInterval {
  readonly low: number;
  readonly high: number;
  readonly halfWidth: number;
  readonly level: number;
  /** How many replications it rests on. */
  readonly n: number;
}

export interface ReportOracle {
  readonly name: string;
  readonly claim: string;
  readonly unit: Oracle["unit"];
  readonly expected: number;
  /** The mean of the replications. */
  readonly observed: number;
  /** How far off the formula may be, where it is an approximation. */
  readonly error?: number;
  /** Null for a single run, which has none. */
  readonly interval: ReportInterval | null;
  /** Null where a single run is not enough to tell. */
  readonly holds: boolean | null;
}

export interface ReportHistogram {
  readonly count: number;
  readonly minUs: number;
  readonly meanUs: number;
  readonly p50Us: number;
  readonly p90Us: number;
  readonly p99Us: number;
  readonly p999Us: number;
  readonly maxUs: number;
}

export interface ReportFailure {
  readonly count: number;
  readonly firstAtUs: number | null;
  /** How many by what brought them about. */
  readonly causes: Readonly<Record<string, number>>;
}

/** A resource of the scenario, what it can carry, and whether that was enough. */
export interface ReportCapacity {
  readonly resource: string;
  /** What calls fail with where it is used up; null where the loss is silent. */
  readonly errno: string | null;
  /** `nstat`'s counter of what went without; null where there is none. */
  readonly counter: string | null;
  /** Connections in a second, at an even rate; 0 where every rate uses it up. */
  readonly holdsUpToPerSecond: number;
  readonly formula: string;
  /** When it was used up for the first time; null where it was enough. */
  readonly usedUpAtUs: number | null;
}

/**
 * Which resource gave way first, when, and what it could have carried. Where no
 * resource of the scenario did, the first errno, and null for the rest.
 */
export interface FirstFailure {
  readonly resource: string | null;
  readonly errno: string | null;
  readonly counter: string | null;
  readonly atUs: number;
  readonly holdsUpToPerSecond: number | null;
  readonly formula: string | null;
}

/**
 * What `--format json` prints: the first replication, and intervals over all of
 * them. The JSON Schema is `schema/load.v1.schema.json` of @synfin/simulator.
 */
export interface Report {
  readonly format: "synfin-load";
  readonly version: typeof REPORT_VERSION;
  readonly scenario: string;
  readonly seed: number;
  readonly profile: string;
  readonly parameters: Readonly<Record<string, number>>;
  /** What the first host had open already; null for nothing. No oracle speaks of such a run. */
  readonly start: { readonly established: number; readonly timeWait: number } | null;
  readonly replications: number;
  /** Of the first replication; `digests` has all of them. */
  readonly digest: string;
  readonly digests: readonly string[];
  /** Stopped before its end. */
  readonly partial: boolean;
  readonly connections: BulkResult["connections"] & { readonly failedShare: number };
  readonly segments: number;
  readonly dropped: number;
  readonly events: number;
  readonly virtualUs: number;
  readonly wallSeconds: number;
  readonly peakBytes: number;
  readonly bytesPerConnection: number;
  readonly failures: Readonly<Record<string, ReportFailure>>;
  readonly firstFailure: FirstFailure | null;
  /** The resources that can run out in this scenario. */
  readonly capacity: readonly ReportCapacity[];
  /** By host, with the names of `nstat`. */
  readonly counters: Readonly<Record<string, Counters>>;
  /** By host, what `ss -s` would say at the end. */
  readonly sockets: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly census: {
    readonly intervalUs: number;
    readonly atUs: readonly number[];
    readonly alive: readonly number[];
  } & Readonly<Record<string, HostCensus | number | readonly number[]>>;
  readonly busiest: Readonly<Record<string, { readonly count: number; readonly atUs: number }>>;
  readonly histograms: Readonly<Record<string, ReportHistogram>>;
  readonly oracle: Readonly<Record<string, ReportOracle>>;
}

/** What a report is made of. */
export interface ReportInput {
  readonly scenario: BulkScenario;
  readonly settings: Settings;
  /** At least one; the first is the one that is shown. */
  readonly results: readonly BulkResult[];
  readonly partial: boolean;
  readonly wallSeconds: number;
}

export function reportOf(input: ReportInput): Report {
  const { scenario, settings, results, partial, wallSeconds } = input;
  const [result] = results;
  if (result === undefined) throw new Error("synfin: a report of no result");
  const { connections, hosts, segments, dropped, events, virtualUs } = result;
  const capacities = capacitiesOf(result, capacityOf(scenario, settings));
  const byHost = <T>(pick: (host: number) => T): Record<string, T> =>
    Object.fromEntries(hosts.map((name, host) => [name, pick(host)]));
  return {
    format: "synfin-load",
    version: REPORT_VERSION,
    scenario: scenario.name,
    seed: result.seed,
    profile: settings.profile.name,
    parameters: settings.values,
    start: settings.start ?? null,
    replications: results.length,
    digest: result.digest.toString(),
    digests: results.map(({ digest }) => digest.toString()),
    partial,
    connections: {
      ...connections,
      failedShare: connections.failed / Math.max(1, connections.opened),
    },
    ...{ segments, dropped, events, virtualUs, wallSeconds },
    peakBytes: result.peakBytes,
    bytesPerConnection: result.bytesPerConnection,
    failures: failuresOf(result),
    firstFailure: firstFailureOf(result, capacities),
    capacity: capacities,
    counters: byHost((host) => result.counters[host] as Counters),
    sockets: byHost((host) => socketsOf(result.census, host)),
    census: censusOf(result),
    busiest: busiestOf(result.census.rows, hosts),
    histograms: Object.fromEntries(
      [...result.measures.histograms].map(([name, one]) => [name, histogramOf(one)]),
    ),
    oracle: Object.fromEntries(
      oraclesOf(scenario, settings).map((oracle) => [oracle.name, judge(oracle, results)]),
    ),
  };
}

function failuresOf({ failures, causes, measures }: BulkResult): Record<string, ReportFailure> {
  const entries = [...failures].map(([errno, count]): [string, ReportFailure] => {
    const mine = [...causes].filter(([name]) => name.startsWith(`${errno}: `));
    const byCause = mine.map(([name, n]) => [name.slice(errno.length + 2), n] as const);
    const firstAtUs = measures.firsts.get(errno) ?? null;
    return [errno, { count, firstAtUs, causes: Object.fromEntries(byCause) }];
  });
  return Object.fromEntries(entries);
}

function capacitiesOf(result: BulkResult, all: readonly Capacity[]): ReportCapacity[] {
  return all.map((one) => ({
    resource: one.resource.en,
    errno: one.errno ?? null,
    counter: one.counter ?? null,
    holdsUpToPerSecond: one.perSecond,
    formula: one.formula.en,
    usedUpAtUs: one.usedUpAtUs(result) ?? null,
  }));
}

/** A resource that ran out tells more than an errno, even one that came before it. */
function firstFailureOf(
  { failures, measures }: BulkResult,
  capacities: readonly ReportCapacity[],
): FirstFailure | null {
  const [gone] = capacities
    .flatMap(({ usedUpAtUs, ...one }) => (usedUpAtUs === null ? [] : { ...one, atUs: usedUpAtUs }))
    .sort((a, b) => a.atUs - b.atUs);
  if (gone !== undefined) return gone;
  const [first] = [...measures.firsts]
    .filter(([name]) => failures.has(name))
    .sort(([, a], [, b]) => a - b);
  if (first === undefined) return null;
  const [errno, atUs] = first;
  const unknown = { resource: null, counter: null, holdsUpToPerSecond: null, formula: null };
  return { ...unknown, errno, atUs };
}

function histogramOf(histogram: Histogram): ReportHistogram {
  return {
    count: histogram.count,
    minUs: histogram.min,
    meanUs: histogram.mean,
    p50Us: histogram.percentile([50, 100]),
    p90Us: histogram.percentile([90, 100]),
    p99Us: histogram.percentile([99, 100]),
    p999Us: histogram.percentile([999, 1000]),
    maxUs: histogram.max,
  };
}

function judge(oracle: Oracle, results: readonly BulkResult[]): ReportOracle {
  const { name, claim, unit, expected, error, observe } = oracle;
  const { mean, interval, holds } = verdictOf(results.map(observe), expected, LEVEL, error);
  return {
    ...{ name, claim: claim.en, unit, expected, observed: mean },
    ...(error === undefined ? {} : { error }),
    interval: interval === null ? null : intervalOf(interval),
    holds,
  };
}

function intervalOf({ low, high, halfWidth, n }: Interval): ReportInterval {
  return { low, high, halfWidth, level: LEVEL, n };
}
