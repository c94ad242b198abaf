import { State } from "@synfin/core/tcp";
import type { RollCall } from "./watch/roll.ts";

export const STATE_COUNT: number = State.TIME_WAIT + 1;

/** More rows than this are thinned out to half of them. */
const MAX_ROWS = 480;

/** Connections by state, for each host in turn, and those that are alive at both ends. */
export interface CensusRow {
  readonly atUs: number;
  /** ESTABLISHED at both ends. */
  readonly alive: number;
  /** `hosts × STATE_COUNT` counts. */
  readonly states: readonly number[];
  /** The connections one by one, where a roll of them is kept. */
  readonly roll?: RollCall;
}

/**
 * The counts at even distances of virtual time, row k at k · intervalUs. There
 * are never more than a few hundred: when it gets too many, every second one
 * goes and the distance doubles, at the same rows in every shard.
 */
export class Census {
  intervalUs: number;
  rows: CensusRow[] = [];
  #skip = 0;
  #every = 1;

  constructor(intervalUs: number) {
    this.intervalUs = intervalUs;
  }

  /** The next sample; samples come at the distance that the census began with. */
  add(row: CensusRow): void {
    if (this.#skip > 0) {
      this.#skip -= 1;
      return;
    }
    this.rows.push(row);
    // Every second row goes, and the last one, whose number is even, stays.
    if (this.rows.length > MAX_ROWS) {
      this.rows = this.rows.filter((_, index) => index % 2 === 0);
      this.intervalUs *= 2;
      this.#every *= 2;
    }
    this.#skip = this.#every - 1;
  }
}

/** The census of all shards together: what has ended keeps its last row. */
export function mergeCensus(parts: readonly Census[]): Census {
  const intervalUs = Math.max(...parts.map((part) => part.intervalUs));
  const merged = new Census(intervalUs);
  const thinned = parts.map(({ rows, intervalUs: own }) => {
    return rows.filter((_, index) => (index * own) % intervalUs === 0);
  });
  const length = Math.max(...thinned.map((rows) => rows.length));
  merged.rows = Array.from({ length }, (_, index) => sumOf(thinned, index, index * intervalUs));
  return merged;
}

function sumOf(parts: readonly (readonly CensusRow[])[], index: number, atUs: number): CensusRow {
  const rows = parts.flatMap((part) => part[Math.min(index, part.length - 1)] ?? []);
  const [first] = rows;
  const states = (first?.states ?? []).map((_, at) => {
    return rows.reduce((sum, row) => sum + (row.states[at] ?? 0), 0);
  });
  return { atUs, alive: rows.reduce((sum, row) => sum + row.alive, 0), states };
}

/** The row in which there are most of something: how many, and when for the first time. */
export function mostOf(
  rows: readonly CensusRow[],
  countIn: (row: CensusRow) => number,
): { readonly count: number; readonly atUs: number } {
  let most = { count: 0, atUs: 0 };
  for (const row of rows) {
    const count = countIn(row);
    if (count > most.count) most = { count, atUs: row.atUs };
  }
  return most;
}
