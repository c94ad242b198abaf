import { Digest } from "../digest/digest.ts";
import { type Census, mergeCensus } from "./census.ts";
import { addCounters, type Counters, createCounters } from "./counters.ts";
import { Measures } from "./measures.ts";

/** What came of a run, or of one shard's part of it. */
export interface BulkResult {
  readonly scenario: string;
  readonly seed: number;
  readonly replication: number;
  /** Over every event of every cell; see docs/digest.md. */
  readonly digest: Digest;
  readonly hosts: readonly string[];
  readonly connections: {
    /** Calls of `connect`. */
    readonly opened: number;
    /** ESTABLISHED at both ends at some time. */
    readonly established: number;
    /** Over as their users meant it. */
    readonly closed: number;
    /** Refused at once, given up before it was open, or lost by one end or both. */
    readonly failed: number;
    /** The most that were ESTABLISHED at both ends at once, of those that the census saw. */
    readonly peakAlive: number;
  };
  /** Segments that met the machine. */
  readonly segments: number;
  readonly dropped: number;
  readonly events: number;
  /** When the last connection changed its state. */
  readonly virtualUs: number;
  /** How many calls and connections failed with each errno. */
  readonly failures: ReadonlyMap<string, number>;
  /** The same by errno and what brought it about: `ETIMEDOUT: R2 timeout`. */
  readonly causes: ReadonlyMap<string, number>;
  /** By host, in the order of `hosts`. */
  readonly counters: readonly Counters[];
  readonly census: Census;
  /** `connect`, `close`, `lifetime`, and what the scenario measures itself. */
  readonly measures: Measures;
  /** The most octets that the cells held at once, and per connection that they then held. */
  readonly peakBytes: number;
  readonly bytesPerConnection: number;
  /** Stopped before its end: what there is so far. */
  readonly partial: boolean;
}

/** The shards' parts together: the same whatever their number and order. */
export function mergeResults(parts: readonly BulkResult[]): BulkResult {
  const [first] = parts;
  if (first === undefined) throw new Error("synfin: there are no results to merge");
  if (parts.length === 1) return first;
  const sum = (count: (part: BulkResult) => number) =>
    parts.reduce((total, part) => total + count(part), 0);
  const census = mergeCensus(parts.map((part) => part.census));
  const peakBytes = sum((part) => part.peakBytes);
  const held = sum((part) => part.peakBytes / Math.max(1, part.bytesPerConnection));
  return {
    scenario: first.scenario,
    seed: first.seed,
    replication: first.replication,
    digest: mergeDigests(parts),
    hosts: first.hosts,
    connections: {
      opened: sum((part) => part.connections.opened),
      established: sum((part) => part.connections.established),
      closed: sum((part) => part.connections.closed),
      failed: sum((part) => part.connections.failed),
      peakAlive: census.rows.reduce((most, row) => Math.max(most, row.alive), 0),
    },
    segments: sum((part) => part.segments),
    dropped: sum((part) => part.dropped),
    events: sum((part) => part.events),
    virtualUs: Math.max(...parts.map((part) => part.virtualUs)),
    failures: mergeMaps(parts.map((part) => part.failures)),
    causes: mergeMaps(parts.map((part) => part.causes)),
    counters: first.hosts.map((_, host) => mergeCounters(parts, host)),
    census,
    measures: mergeMeasures(parts),
    peakBytes,
    bytesPerConnection: held === 0 ? 0 : peakBytes / held,
    partial: parts.some((part) => part.partial),
  };
}

function mergeDigests(parts: readonly BulkResult[]): Digest {
  const digest = new Digest();
  for (const part of parts) digest.merge(part.digest);
  return digest;
}

function mergeCounters(parts: readonly BulkResult[], host: number): Counters {
  const into = createCounters();
  for (const part of parts) addCounters(into, part.counters[host] ?? createCounters());
  return into;
}

function mergeMeasures(parts: readonly BulkResult[]): Measures {
  const measures = new Measures();
  for (const part of parts) measures.merge(part.measures);
  return measures;
}

/** Counts by name, added up, in the order of the names. */
export function mergeMaps(parts: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const merged = new Map<string, number>();
  for (const part of parts) {
    for (const [name, count] of part) merged.set(name, (merged.get(name) ?? 0) + count);
  }
  return new Map([...merged].sort(([a], [b]) => (a < b ? -1 : 1)));
}
