import { formatAddress } from "@synfin/core/wire";
import { TRACE_VERSION, type Trace, type TraceHost } from "../../trace/trace.ts";
import { Cell } from "../cell.ts";
import type { BulkPlan } from "../plan.ts";
import { cellKey, type RunOptions } from "../run.ts";
import { addressOf, ConnectionWatch } from "./connection-watch.ts";

/** Which connection of a run, and how the run was. */
export interface SampleOptions extends Omit<RunOptions, "shard"> {
  /** The profile that the hosts' parameters started from, for the trace to name. */
  readonly profile: string;
  /** Connections are counted over the cells in turn, from 1: with one cell, as they are opened. */
  readonly nth: number;
}

/**
 * Runs a run's one cell again, up to the end of one connection, and writes that
 * connection down. Cells share nothing, so it is the same as in the whole run.
 */
export class SampleRun {
  readonly #options: SampleOptions;
  readonly #untilUs: number;
  readonly #watch: ConnectionWatch;
  readonly #cell: Cell;
  #over = false;

  constructor(plan: BulkPlan, options: SampleOptions) {
    const { nth, scenario, seed } = options;
    const index = (nth - 1) % plan.cells;
    this.#options = options;
    this.#untilUs = plan.untilUs;
    this.#watch = new ConnectionWatch(1 + Math.floor((nth - 1) / plan.cells), scenario, seed);
    const { paranoid = false, store = "rows" } = options;
    const key = cellKey(options, index);
    this.#cell = new Cell(plan.cell(index), { key, paranoid, store, watch: this.#watch });
  }

  get nowUs(): number {
    return this.#cell.nowUs;
  }

  /** How many connections the cell has opened so far. */
  get opened(): number {
    return this.#cell.tally.opened;
  }

  /** Whether there is such a connection, so far. */
  get isFound(): boolean {
    return this.#watch.isOpened;
  }

  /** Lets happen at most so many events. @returns whether the connection is over, or the run is */
  advance(maxEvents: number): boolean {
    for (let left = maxEvents; left > 0 && !this.#over; left -= 1) {
      const isDone = this.#cell.run(this.#untilUs, 1) === 0;
      this.#over = isDone || this.#watch.isOver;
    }
    return this.#over;
  }

  /** The connection so far. */
  trace(): Trace {
    const { scenario, seed, profile } = this.#options;
    const { recorder, digest, lastUs } = this.#watch;
    return {
      format: "synfin-trace",
      version: TRACE_VERSION,
      scenario,
      seed,
      profile,
      digest: digest.digest.toString(),
      faults: [],
      hosts: [this.#host(0), this.#host(1)],
      segments: recorder.segments,
      states: recorder.states,
      events: recorder.events,
      endedAtUs: lastUs,
    };
  }

  #host(side: 0 | 1): TraceHost {
    const { names, recorder } = this.#watch;
    const name = names[side];
    const sent = recorder.segments.find(({ from }) => from === name);
    const heard = recorder.segments.find(({ to }) => to === name);
    return {
      name,
      address: formatAddress(addressOf(side)),
      port: sent?.srcPort ?? heard?.dstPort ?? 0,
      isns: recorder.isns[side] ?? [],
      initialState: recorder.states.find(({ host }) => host === name)?.from ?? "CLOSED",
    };
  }
}
