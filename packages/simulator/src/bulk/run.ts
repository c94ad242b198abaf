import { Digest } from "../digest/digest.ts";
import { drawKey, mix } from "../random/draw.ts";
import { Cell } from "./cell.ts";
import { Census, STATE_COUNT } from "./census.ts";
import { addCounters, type Counters, createCounters } from "./counters.ts";
import { Measures } from "./measures.ts";
import type { BulkPlan } from "./plan.ts";
import { type BulkResult, mergeMaps } from "./result.ts";
import { CellRoll } from "./watch/cell-roll.ts";
import { Roll, type RollCall } from "./watch/roll.ts";

export interface RunOptions {
  readonly scenario: string;
  /** An integer from 0 to 2⁵³ − 1. */
  readonly seed: number;
  /** Which of several independent runs with this seed; 0 by default. */
  readonly replication?: number;
  /** This run does every `count`-th cell, from `index` on; all of them by default. */
  readonly shard?: { readonly index: number; readonly count: number };
  /** Every segment goes through the codec and back; slower, with the same digest. */
  readonly paranoid?: boolean;
  /** TCBs at rest as rows (the default), or as plain objects; slower, with the same digest. */
  readonly store?: "rows" | "objects";
  /** Keeps a roll of at most so many connections, see `Roll`; none by default. */
  readonly roll?: number;
}

/** What all draws of one cell of a run are drawn from. */
export function cellKey({ scenario, seed, replication = 0 }: RunOptions, cell: number): number {
  return mix(mix(drawKey(seed, scenario), replication), cell);
}

function rollFor(
  { cells, hosts, connections }: BulkPlan,
  room: number | undefined,
): Roll | undefined {
  return room === undefined
    ? undefined
    : new Roll({ cells, hosts: hosts.length, connections }, room);
}

/**
 * A run under way. Cells share nothing, so each is run by itself up to the
 * next row of the census, one after the other; so they stay in step, and in
 * the processor's cache while it is their turn. It moves only when it is told
 * to, so its caller owns the clock.
 */
export class BulkRun {
  readonly #plan: BulkPlan;
  readonly #options: RunOptions;
  readonly #cells: { readonly index: number; readonly cell: Cell }[] = [];
  readonly census: Census;
  #samples = 0;
  readonly #roll: Roll | undefined;
  #turn = 0;
  #over = false;
  #peakAlive = 0;
  #peakBytes = 0;
  #heldAtPeak = 0;

  constructor(plan: BulkPlan, options: RunOptions) {
    this.#plan = plan;
    this.#options = options;
    this.census = new Census(plan.sampleUs);
    const { paranoid = false, store = "rows" } = options;
    const { index: first, count } = options.shard ?? { index: 0, count: 1 };
    this.#roll = rollFor(plan, options.roll);
    for (let index = first; index < plan.cells; index += count) {
      const roll = this.#roll && new CellRoll(this.#roll, index);
      const key = cellKey(options, index);
      const cell = new Cell(plan.cell(index), { key, paranoid, store, roll });
      this.#cells.push({ index, cell });
    }
    this.#sample();
  }

  /** Virtual time up to which everything has happened. */
  get nowUs(): number {
    return Math.max(0, this.#samples - 1) * this.#plan.sampleUs;
  }

  /** Whether nothing is left to happen. */
  get isOver(): boolean {
    return this.#over;
  }

  /** What state its connections are in one by one, where a roll is kept. */
  rollCall(): RollCall | undefined {
    return this.#roll?.call();
  }

  get cells(): readonly Cell[] {
    return this.#cells.map(({ cell }) => cell);
  }

  /** Lets happen at most so many events. @returns whether it is over */
  advance(maxEvents: number): boolean {
    let left = maxEvents;
    while (left > 0 && !this.#over) {
      const turn = this.#cells[this.#turn];
      if (turn === undefined) {
        this.#endOfTurn();
        left -= 1;
        continue;
      }
      const untilUs = Math.min(this.#samples * this.#plan.sampleUs, this.#plan.untilUs);
      const taken = turn.cell.run(untilUs, left);
      if (taken < left) this.#turn += 1;
      left -= taken;
    }
    return this.#over;
  }

  #endOfTurn(): void {
    this.#turn = 0;
    this.#sample();
    const isPast = this.nowUs >= this.#plan.untilUs;
    const nothingLeft = this.#cells.every(({ cell }) => cell.nextUs === Number.POSITIVE_INFINITY);
    this.#over = isPast || nothingLeft;
  }

  /** The counts as they stand at the next even time: everything before it has happened. */
  #sample(): void {
    const { hosts, sampleUs } = this.#plan;
    const states = new Array<number>(hosts.length * STATE_COUNT).fill(0);
    let alive = 0;
    let held = 0;
    let bytes = 0;
    for (const { cell } of this.#cells) {
      alive += cell.tally.alive;
      held += cell.connections.used;
      bytes += cell.bytes;
      for (const host of cell.hosts) {
        host.states.forEach((count, state) => {
          const at = host.index * STATE_COUNT + state;
          states[at] = (states[at] ?? 0) + count;
        });
      }
    }
    if (alive > this.#peakAlive) this.#peakAlive = alive;
    if (held >= this.#heldAtPeak) {
      this.#peakBytes = bytes;
      this.#heldAtPeak = held;
    }
    const roll = this.rollCall();
    const row = { atUs: this.#samples * sampleUs, alive, states };
    this.census.add(roll === undefined ? row : { ...row, roll });
    this.#samples += 1;
  }

  /** What has come of it so far; once it is over, all of it. */
  result(): BulkResult {
    const { scenario, seed, replication = 0 } = this.#options;
    const cells = this.cells;
    const sum = (count: (cell: Cell) => number) =>
      cells.reduce((total, cell) => total + count(cell), 0);
    return {
      scenario,
      seed,
      replication,
      digest: this.#digest(),
      hosts: this.#plan.hosts,
      connections: {
        opened: sum(({ tally }) => tally.opened),
        established: sum(({ tally }) => tally.established),
        closed: sum(({ tally }) => tally.closed),
        failed: sum(({ tally }) => tally.failed),
        peakAlive: this.#peakAlive,
      },
      segments: sum(({ arrivals }) => arrivals),
      dropped: sum(({ dropped }) => dropped),
      events: sum(({ events }) => events),
      virtualUs: cells.reduce((last, { tally }) => Math.max(last, tally.lastUs), 0),
      failures: this.#summed(({ tally }) => tally.failures),
      causes: this.#summed(({ tally }) => tally.causes),
      counters: this.#plan.hosts.map((_, host) => this.#counters(host)),
      census: this.census,
      measures: this.#measures(),
      peakBytes: this.#peakBytes,
      bytesPerConnection: this.#heldAtPeak === 0 ? 0 : this.#peakBytes / this.#heldAtPeak,
      partial: !this.#over,
    };
  }

  #digest(): Digest {
    const digest = new Digest();
    for (const { index, cell } of this.#cells) {
      digest.begin(0, index).word(cell.digest.a).word(cell.digest.b).end();
    }
    return digest;
  }

  #summed(counts: (cell: Cell) => ReadonlyMap<string, number>): Map<string, number> {
    return mergeMaps(this.cells.map(counts));
  }

  #counters(host: number): Counters {
    const counters = createCounters();
    for (const { cell } of this.#cells) {
      const here = cell.hosts[host];
      if (here !== undefined) addCounters(counters, here.counters);
    }
    return counters;
  }

  #measures(): Measures {
    const measures = new Measures();
    for (const { cell } of this.#cells) measures.merge(cell.measures);
    return measures;
  }
}
