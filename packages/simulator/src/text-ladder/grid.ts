import type { TraceHost } from "../trace/trace.ts";
import type { Charset } from "./charset.ts";

/** One line of the ladder, or a break where much time passes. */
export type Row = Cells | "wait";

/** What stands in one line; what is absent stays empty. */
export interface Cells {
  atUs?: number;
  left?: string;
  middle?: string;
  right?: string;
}

const TIME = 12;
const SIDE = 18;

/** Columns between the two lifelines. */
export const MIDDLE = 46;

/** Sets cells into columns: 12 + 18 + 46 + 18 and the lifelines, 98 in all. */
export class Grid {
  readonly #chars: Charset;
  readonly #decimals: number;

  constructor(chars: Charset, decimals: number) {
    this.#chars = chars;
    this.#decimals = decimals;
  }

  /** The names over their lifelines, and the states before the first event. */
  head(hosts: readonly TraceHost[]): string[] {
    const [left, right] = hosts;
    if (left === undefined || right === undefined) return [];
    const names = `${" ".repeat(TIME + 1)}${clip(left.name).padStart(SIDE)}${" ".repeat(MIDDLE + 4)}`;
    return [
      names + clip(right.name),
      this.line({ left: left.initialState, right: right.initialState }),
    ];
  }

  line(row: Row): string {
    const cells = row === "wait" ? {} : row;
    const bar = row === "wait" ? this.#chars.brokenLifeline : this.#chars.lifeline;
    const time = row === "wait" ? this.#chars.wait : this.#time(cells.atUs);
    const left = clip(cells.left ?? "").padStart(SIDE);
    const middle = (cells.middle ?? "").padEnd(MIDDLE);
    return `${time.padStart(TIME)} ${left} ${bar}${middle}${bar} ${clip(cells.right ?? "")}`;
  }

  #time(atUs: number | undefined): string {
    return atUs === undefined ? "" : (atUs / 1_000_000).toFixed(this.#decimals);
  }
}

function clip(text: string): string {
  return text.length <= SIDE ? text : text.slice(0, SIDE);
}
