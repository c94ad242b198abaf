import { monospaceWidth } from "../view/measure.ts";
import { type Shape, text } from "./sheet.ts";

/** One entry of a legend: a sign 14 pixels wide around (x, y), and words. */
export interface LegendItem {
  readonly sign: (x: number, y: number) => readonly Shape[];
  readonly words: string;
}

/** A legend, and how high it is. */
export interface Legend {
  readonly shapes: readonly Shape[];
  readonly height: number;
}

const ROW = 18;
const SIGN = 20;
const GAP = 16;
const SIZE = 11;

/** The entries in reading order, from the left, in as many rows as they need. */
export function legend(
  items: readonly LegendItem[],
  left: number,
  right: number,
  top: number,
): Legend {
  let x = left;
  let row = 0;
  const shapes = items.flatMap(({ sign, words }) => {
    const width = SIGN + monospaceWidth(words, SIZE);
    if (x > left && x + width > right) {
      x = left;
      row += 1;
    }
    const [at, y] = [x, top + row * ROW + ROW / 2];
    x += width + GAP;
    return [...sign(at + 7, y), text("", at + SIGN, y + 4, "start", words)];
  });
  return { shapes, height: items.length === 0 ? 0 : (row + 1) * ROW };
}
