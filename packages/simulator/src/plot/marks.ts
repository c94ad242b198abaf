import { formatDuration } from "../view/duration.ts";
import { monospaceWidth } from "../view/measure.ts";
import { line, type Shape, text } from "./sheet.ts";

/** Something that happened at a moment and is worth a line across the chart. */
export interface Mark {
  readonly atUs: number;
  /** What it was; the time is added: `first EADDRNOTAVAIL`. */
  readonly text: string;
}

/** A mark with its place: words in a row of their own over the chart, where none overlap. */
export interface PlacedMark {
  readonly x: number;
  readonly words: string;
  readonly row: number;
  readonly anchor: "start" | "end";
}

const SIZE = 11;
const GAP = 6;
export const MARK_ROW = 15;

/** The words of a mark without a row yet: what they cover from left to right, with some room. */
interface Label extends Omit<PlacedMark, "row"> {
  readonly from: number;
  readonly to: number;
}

type PlacedLabel = Label & { readonly row: number };

/**
 * Puts a mark's words right of its line, or left of it for want of room, and
 * in the lowest row in which they cover neither other words nor a line. The
 * marks come back from left to right.
 *
 * @param tell the words of a mark with its time; in English by default
 */
export function placeMarks(
  marks: readonly Mark[],
  xOf: (atUs: number) => number,
  right: number,
  tell: (mark: Mark) => string = inEnglish,
): PlacedMark[] {
  const labels = [...marks]
    .sort((a, b) => a.atUs - b.atUs)
    .map((mark) => label(tell(mark), xOf(mark.atUs), right));
  const placed: PlacedLabel[] = [];
  // Words reach over the lines of marks that have their place already, so these stay below.
  const order = [
    ...labels.filter(({ anchor }) => anchor === "start").reverse(),
    ...labels.filter(({ anchor }) => anchor === "end"),
  ];
  for (const one of order) placed.push({ ...one, row: rowFor(one, placed) });
  return placed
    .sort((a, b) => a.x - b.x)
    .map(({ x, words, row, anchor }) => ({ x, words, row, anchor }));
}

function inEnglish({ text: what, atUs }: Mark): string {
  return `${what} at ${formatDuration(atUs)}`;
}

function label(words: string, x: number, right: number): Label {
  const width = GAP + monospaceWidth(words, SIZE);
  const isLeft = x + width > right;
  return isLeft
    ? { x, words, anchor: "end", from: x - width - GAP, to: x + 1 }
    : { x, words, anchor: "start", from: x - 1, to: x + width + GAP };
}

function rowFor(one: Label, placed: readonly PlacedLabel[]): number {
  const rows = placed.length + 1;
  let row = 0;
  while (row < rows && placed.some((other) => isCrossed({ ...one, row }, other))) row += 1;
  if (row < rows) return row;
  // A line has to cross words somewhere: then at least no words cover each other.
  return placed.reduce((top, other) => Math.max(top, other.row + 1), 0);
}

/** Whether the words of one cover the words or the line of the other. */
function isCrossed(a: PlacedLabel, b: PlacedLabel): boolean {
  if (a.row === b.row) return a.from < b.to && b.from < a.to;
  const [above, below] = a.row > b.row ? [a, b] : [b, a];
  return above.x > below.from && above.x < below.to;
}

/** The lines and words of marks over a chart that begins at `top` and ends at `floor`. */
export function drawMarks(marks: readonly PlacedMark[], top: number, floor: number): Shape[] {
  const yOf = (row: number): number => top - 6 - row * MARK_ROW;
  return [
    ...marks.map(({ x, row }) => line("mark", x, yOf(row) - 9, x, floor)),
    ...marks.map(({ x, words, row, anchor }) => {
      const at = anchor === "start" ? x + GAP - 2 : x - GAP + 2;
      return text("event", at, yOf(row), anchor, words);
    }),
  ];
}
