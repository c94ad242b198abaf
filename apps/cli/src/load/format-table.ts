import { isWide } from "@synfin/simulator/view";

/** What stands in a cell. A number is written as it is, or as its column says. */
export type Cell = string | number | undefined;

export interface Column {
  readonly title: string;
  /** Stands below the title, in brackets: `(ms)`. Left out of cells. */
  readonly unit?: string;
  /** How this column writes its numbers; plain digits if left out. */
  readonly format?: (value: number) => string;
}

/** What a cell shows that has no value. */
const EMPTY = "–";

/**
 * A table for a person: columns two spaces apart, a column of numbers to the
 * right, a column of texts to the left, no space at the end of a line. A column
 * is one of numbers where a number stands in it.
 */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): string {
  const laidOut = columns.map((column, index) =>
    layOut(
      column,
      rows.map((row) => row[index]),
    ),
  );
  const lines = ["title", ...rows.keys()].map((_, line) =>
    laidOut
      .map(({ texts }) => texts[line] ?? "")
      .join("  ")
      .trimEnd(),
  );
  return lines.map((line) => `${line}\n`).join("");
}

function layOut(column: Column, cells: readonly Cell[]): { readonly texts: readonly string[] } {
  const isNumeric = cells.some((cell) => typeof cell === "number");
  const texts = [titleOf(column), ...cells.map((cell) => cellText(column, cell))];
  const width = Math.max(...texts.map(textWidth));
  const fill = (text: string): string => " ".repeat(width - textWidth(text));
  return { texts: texts.map((text) => (isNumeric ? fill(text) + text : text + fill(text))) };
}

function titleOf({ title, unit }: Column): string {
  return unit === undefined ? title : `${title} (${unit})`;
}

function cellText({ format = String }: Column, cell: Cell): string {
  if (cell === undefined) return EMPTY;
  return typeof cell === "number" ? format(cell) : cell;
}

/** Columns of a terminal: letters of East Asian scripts take two. */
function textWidth(text: string): number {
  return [...text].reduce((sum, char) => sum + (isWide(char.codePointAt(0) ?? 0) ? 2 : 1), 0);
}

/** `1234567` as `1,234,567`: the same in every language, as the rest of a table is. */
export function grouped(value: number): string {
  const [whole = "", ...part] = String(value).split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...part].join(".");
}

/** Microseconds as milliseconds with three figures at least: `0.042`, `40.1`, `1250`. */
export function milliseconds(us: number): string {
  const ms = us / 1000;
  return ms.toFixed(ms < 10 ? 3 : ms < 100 ? 1 : 0);
}

/** A part of one as a percentage: `0.1 %`, `14.5 %`. */
export function percent(part: number): string {
  return `${Number((part * 100).toPrecision(3))} %`;
}

/** A value and its interval, to the same decimals: `14.52 ± 0.09`. */
export function withError(value: number, halfWidth: number): string {
  if (!Number.isFinite(halfWidth)) return `${Number(value.toPrecision(4))} ± ?`;
  const decimals = decimalsOf(halfWidth);
  return `${value.toFixed(decimals)} ± ${halfWidth.toFixed(decimals)}`;
}

/** So many decimals that an error keeps one or two figures. */
function decimalsOf(error: number): number {
  let decimals = 0;
  for (let scaled = Math.abs(error); scaled > 0 && scaled < 3 && decimals < 9; scaled *= 10) {
    decimals += 1;
  }
  return decimals;
}
