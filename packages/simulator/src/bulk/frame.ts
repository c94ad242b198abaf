import { type CensusRow, STATE_COUNT } from "./census.ts";
import type { BulkPlan } from "./plan.ts";
import type { BulkRun } from "./run.ts";
import type { RollCall } from "./watch/roll.ts";

/**
 * A frame: a run at one moment, and the rows of its census that are new since
 * the frame before, as one `Float64Array` that can be transferred. A double
 * holds every microsecond of 285 years, and every count here, exactly.
 *
 *     [ the FRAME fields | counts by state, host after host | row, row, … | octets ]
 *
 * A row is a time, how many are alive, the size and the distance of its roll, and
 * the same counts by state. Rows come at even distances of virtual time, whatever
 * the speed of the machine that computes them. The octets are the codes of the
 * rolls, that of the moment first; see `Roll`.
 */
export const FRAME = {
  /** Virtual time up to which everything has happened, in microseconds. */
  atUs: 0,
  /** Events that did something so far. */
  events: 1,
  /** Segments that have met the machine. */
  segments: 2,
  /** Calls of `connect`. */
  opened: 3,
  /** Connections that have been ESTABLISHED at both ends. */
  established: 4,
  /** Connections that are over as their users meant it. */
  closed: 5,
  /** Calls that were refused, and connections that broke. */
  failed: 6,
  /** Connections that are ESTABLISHED at both ends now. */
  alive: 7,
  /** Progress in thousandths, 1000 only when nothing is left to happen. */
  progress: 8,
  /** Index of the first row in this frame; 0 tells the reader to forget earlier rows. */
  firstRow: 9,
  /** How many rows follow. */
  rows: 10,
  /** How many hosts each set of counts is of. */
  hosts: 11,
  /** How many octets the roll has, and how far its connections are apart; 0 for no roll. */
  rollSize: 12,
  rollEvery: 13,
  /** When a call was refused or a connection broke for the first time; −1 for not yet. */
  firstFailureUs: 14,
} as const;

export type FrameField = keyof typeof FRAME;

const FIELDS = Object.keys(FRAME).length;
/** What a row has before its counts. */
const ROW = 4;

/** See `FRAME`. */
export type BulkFrame = Float64Array<ArrayBuffer>;

/** One field of a frame. */
export function frameField(frame: BulkFrame, field: FrameField): number {
  return frame[FRAME[field]] ?? 0;
}

/** The counts at the time of the frame. A cell that is ahead of the others counts as it stands. */
export function frameCensus(frame: BulkFrame): CensusRow {
  return {
    atUs: frameField(frame, "atUs"),
    alive: frameField(frame, "alive"),
    states: Array.from(frame.subarray(FIELDS, FIELDS + countsIn(frame))),
    ...rollAt(frame, 0, frameField(frame, "rollSize"), frameField(frame, "rollEvery")),
  };
}

/** The rows that are new in this frame, in order of time. */
export function frameRows(frame: BulkFrame): CensusRow[] {
  const width = ROW + countsIn(frame);
  let octets = frameField(frame, "rollSize");
  return Array.from({ length: frameField(frame, "rows") }, (_, index) => {
    const at = FIELDS + countsIn(frame) + index * width;
    const [atUs = 0, alive = 0, size = 0, every = 0] = frame.subarray(at, at + ROW);
    const states = Array.from(frame.subarray(at + ROW, at + width));
    octets += size;
    return { atUs, alive, states, ...rollAt(frame, octets - size, size, every) };
  });
}

/** A roll of so many octets, which lie so far behind the rows. */
function rollAt(
  frame: BulkFrame,
  offset: number,
  size: number,
  every: number,
): { readonly roll?: RollCall } {
  if (every === 0) return {};
  const counts = countsIn(frame);
  const from = 8 * (FIELDS + counts + frameField(frame, "rows") * (ROW + counts)) + offset;
  return { roll: { every, codes: new Uint8Array(frame.buffer, from, size) } };
}

function countsIn(frame: BulkFrame): number {
  return frameField(frame, "hosts") * STATE_COUNT;
}

/** Writes the frames of one run. */
export class FrameWriter {
  readonly #run: BulkRun;
  readonly #plan: BulkPlan;
  /** Rows that have been handed out already, and the distance at which they stood. */
  #taken = 0;
  #intervalUs: number;

  constructor(run: BulkRun, plan: BulkPlan) {
    this.#run = run;
    this.#plan = plan;
    this.#intervalUs = run.census.intervalUs;
  }

  /** The run as it stands, and the rows since the last call. */
  next(): BulkFrame {
    const { census, nowUs } = this.#run;
    const counts = this.#plan.hosts.length * STATE_COUNT;
    const first = this.#firstRow();
    const rows = census.rows.slice(first);
    const now = this.#run.rollCall();
    const rolls = [now, ...rows.map(({ roll }) => roll)];
    const octets = rolls.reduce((sum, roll) => sum + sizeOf(roll), 0);
    const end = FIELDS + counts + rows.length * (ROW + counts);
    const frame = new Float64Array(end + Math.ceil(octets / 8));
    frame[FRAME.atUs] = nowUs;
    frame[FRAME.firstFailureUs] = -1;
    this.#writeCells(frame);
    frame[FRAME.progress] = progressOf(this.#run, this.#plan);
    frame[FRAME.firstRow] = first;
    frame[FRAME.rows] = rows.length;
    frame[FRAME.hosts] = this.#plan.hosts.length;
    frame[FRAME.rollSize] = sizeOf(now);
    frame[FRAME.rollEvery] = now?.every ?? 0;
    rows.forEach(({ atUs, alive, states, roll }, index) => {
      const row = [atUs, alive, sizeOf(roll), roll?.every ?? 0, ...states];
      frame.set(row, FIELDS + counts + index * (ROW + counts));
    });
    writeOctets(new Uint8Array(frame.buffer, 8 * end), rolls);
    return frame;
  }

  /** A census that has thinned out starts again from its first row. */
  #firstRow(): number {
    const { rows, intervalUs } = this.#run.census;
    const first = intervalUs === this.#intervalUs ? this.#taken : 0;
    this.#intervalUs = intervalUs;
    this.#taken = rows.length;
    return first;
  }

  #writeCells(frame: BulkFrame): void {
    const add = (at: number, count: number): void => {
      frame[at] = (frame[at] ?? 0) + count;
    };
    for (const { events, arrivals, tally, hosts, measures } of this.#run.cells) {
      for (const errno of tally.failures.keys()) noteFirst(frame, measures.firsts.get(errno));
      add(FRAME.events, events);
      add(FRAME.segments, arrivals);
      add(FRAME.opened, tally.opened);
      add(FRAME.established, tally.established);
      add(FRAME.closed, tally.closed);
      add(FRAME.failed, tally.failed);
      add(FRAME.alive, tally.alive);
      for (const { index, states } of hosts) {
        states.forEach((count, state) => {
          add(FIELDS + index * STATE_COUNT + state, count);
        });
      }
    }
  }
}

function noteFirst(frame: BulkFrame, atUs: number | undefined): void {
  const before = frameField(frame, "firstFailureUs");
  if (atUs !== undefined && (before < 0 || atUs < before)) frame[FRAME.firstFailureUs] = atUs;
}

function sizeOf(roll: RollCall | undefined): number {
  return roll?.codes.length ?? 0;
}

function writeOctets(into: Uint8Array, rolls: readonly (RollCall | undefined)[]): void {
  let at = 0;
  for (const roll of rolls) {
    if (roll !== undefined) into.set(roll.codes, at);
    at += sizeOf(roll);
  }
}

/**
 * By the time where that is known beforehand; else a connection counts half
 * when it opens and half when it is over.
 */
function progressOf(run: BulkRun, { untilUs, connections }: BulkPlan): number {
  if (run.isOver) return 1000;
  let halves = 0;
  for (const { tally } of run.cells) halves += tally.opened + tally.closed + tally.failed;
  const byCount = connections === undefined ? 0 : halves / (2 * Math.max(1, connections));
  const part = Number.isFinite(untilUs) ? run.nowUs / untilUs : byCount;
  return Math.min(999, Math.floor(1000 * part));
}
