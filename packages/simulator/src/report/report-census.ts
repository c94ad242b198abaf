import { STATE_NAMES, State } from "@synfin/core/tcp";
import { type Census, type CensusRow, mostOf, STATE_COUNT } from "../bulk/census.ts";
import type { BulkResult } from "../bulk/result.ts";
import type { Report } from "./report.ts";

/** How many connections of a host stood in one state. */
export interface StateCensus {
  /** The most that the census saw, and when. */
  readonly peak: number;
  readonly peakAtUs: number;
  readonly end: number;
  /** At the times of `census.atUs`. */
  readonly counts: readonly number[];
}

/** By state, those that occur. */
export type HostCensus = Readonly<Record<string, StateCensus>>;

/** How many connections of a host stand in a state. */
export function countAt({ states }: CensusRow, host: number, state: State): number {
  return states[host * STATE_COUNT + state] ?? 0;
}

export function censusOf({ census, hosts }: BulkResult): Report["census"] {
  const { rows, intervalUs } = census;
  const byHost = hosts.map((name, host) => [name, hostCensus(rows, host)] as const);
  return {
    intervalUs,
    atUs: rows.map(({ atUs }) => atUs),
    alive: rows.map(({ alive }) => alive),
    ...Object.fromEntries(byHost),
  };
}

function hostCensus(rows: readonly CensusRow[], host: number): HostCensus {
  const states = Object.values(State).map((state): readonly [string, StateCensus] => {
    const counts = rows.map((row) => countAt(row, host, state));
    const { count: peak, atUs: peakAtUs } = mostOf(rows, (row) => countAt(row, host, state));
    return [STATE_NAMES[state], { peak, peakAtUs, end: counts.at(-1) ?? 0, counts }];
  });
  return Object.fromEntries(states.filter(([, { peak }]) => peak > 0));
}

/** The moments at which most connections were alive, and at which each host held most. */
export function busiestOf(rows: readonly CensusRow[], hosts: readonly string[]): Report["busiest"] {
  const held = (row: CensusRow, host: number): number =>
    Object.values(State).reduce<number>((sum, state) => sum + countAt(row, host, state), 0);
  return {
    alive: mostOf(rows, ({ alive }) => alive),
    ...Object.fromEntries(
      hosts.map((name, host) => [name, mostOf(rows, (row) => held(row, host))]),
    ),
  };
}

/** What `ss -s` would sum up at the end; it counts CLOSE-WAIT as established (RFC 4022). */
export function socketsOf({ rows }: Census, host: number): Readonly<Record<string, number>> {
  const last = rows.at(-1);
  const count = (state: State): number => (last === undefined ? 0 : countAt(last, host, state));
  return {
    estab: count(State.ESTABLISHED) + count(State.CLOSE_WAIT),
    synrecv: count(State.SYN_RECEIVED),
    timewait: count(State.TIME_WAIT),
  };
}
