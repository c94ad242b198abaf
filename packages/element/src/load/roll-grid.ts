import { ROLL, type RollCall } from "@synfin/simulator/bulk";
import type { Band, Texture } from "@synfin/simulator/plot";

/** Where the cells of a roll stand: column after column, as they are opened. */
export interface GridFrame {
  readonly columns: number;
  readonly rows: number;
  /** From one cell to the next, in CSS pixels. */
  readonly pitch: number;
}

/** A roll as a reader sees it: at one host, with its place in the grid. */
export interface Sheet {
  readonly frame: GridFrame;
  /** A code for each cell, in the order in which they are opened: a `State`, or of `ROLL`. */
  readonly codes: Uint8Array;
  /** Each cell is the first of so many connections. */
  readonly every: number;
}

/** What is drawn in one colour: the cells, and the sign on them that tells without colour. */
export interface Ink {
  readonly code: number;
  readonly cells: string;
  readonly signs: string;
}

const PITCHES = [16, 14, 12, 10, 8];
const MOST_HEIGHT = 200;

/** The largest cells with which so many connections take no more than their height. */
export function gridFrame(width: number, count: number): GridFrame {
  const framed = PITCHES.map((pitch) => {
    const most = Math.max(1, Math.floor(width / pitch));
    const rows = Math.max(1, Math.ceil(count / most));
    return { columns: Math.max(1, Math.ceil(count / rows)), rows, pitch };
  });
  const fitting = framed.find(({ rows, pitch }) => rows * pitch <= MOST_HEIGHT);
  return fitting ?? (framed.at(-1) as GridFrame);
}

/** What a roll says of one host. @param every at least as far apart as in the roll */
export function codesAt(
  { codes, every: own }: RollCall,
  host: number,
  hosts: number,
  every: number,
): Uint8Array {
  const size = codes.length / hosts;
  const here = codes.subarray(host * size, (host + 1) * size);
  const step = every / own;
  return step === 1 ? here : here.filter((_, index) => index % step === 0);
}

/** The number of the connection in a cell, from 1. */
export function numberAt({ every }: Sheet, cell: number): number {
  return 1 + cell * every;
}

/** The cell of a connection; −1 where the roll does not have it. */
export function cellOf({ codes, every }: Sheet, nth: number): number {
  const cell = (nth - 1) / every;
  return Number.isInteger(cell) && cell >= 0 && cell < codes.length ? cell : -1;
}

/** The cell at a point of the grid; undefined where there is none. */
export function cellAt({ frame, codes }: Sheet, x: number, y: number): number | undefined {
  const [column, row] = [Math.floor(x / frame.pitch), Math.floor(y / frame.pitch)];
  if (column < 0 || row < 0 || row >= frame.rows) return undefined;
  const cell = column * frame.rows + row;
  return cell < codes.length ? cell : undefined;
}

/** Everything to draw, code by code, so that a grid of thousands is a few paths. */
export function inksOf({ frame, codes }: Sheet, bands: readonly Band[]): Ink[] {
  const textures = new Map<number, Texture>(bands.map(({ state, texture }) => [state, texture]));
  const found = new Map<number, { cells: string[]; signs: string[] }>();
  const size = frame.pitch - 2;
  codes.forEach((code, index) => {
    if (code === ROLL.NONE) return;
    const ink = found.get(code) ?? { cells: [], signs: [] };
    found.set(code, ink);
    const x = Math.floor(index / frame.rows) * frame.pitch + 1;
    const y = (index % frame.rows) * frame.pitch + 1;
    if (code < ROLL.CLOSED) ink.cells.push(`M${x} ${y}h${size}v${size}h-${size}z`);
    ink.signs.push(signAt(x, y, size, signOf(code, textures)));
  });
  return [...found].map(([code, { cells, signs }]) => {
    return { code, cells: cells.join(""), signs: signs.join("") };
  });
}

export type Sign = Texture | "over" | "failed";

function signOf(code: number, textures: ReadonlyMap<number, Texture>): Sign {
  if (code === ROLL.CLOSED) return "over";
  return code === ROLL.FAILED ? "failed" : (textures.get(code) ?? "plain");
}

/** A sign on a cell, as the hatchings of the chart have it; for a stroke with round ends. */
export function signAt(x: number, y: number, size: number, sign: Sign): string {
  const half = size / 2;
  const third = Math.round(size / 3);
  if (sign === "rising") return `M${x} ${y + size}l${size}-${size}`;
  if (sign === "falling") return `M${x} ${y}l${size} ${size}`;
  if (sign === "upright") return `M${x + half} ${y}v${size}`;
  if (sign === "level") return `M${x} ${y + half}h${size}`;
  if (sign === "failed") {
    const [at, arm] = [`M${x + 1} ${y + 1}`, size - 2];
    return `${at}l${arm} ${arm}m0-${arm}l-${arm} ${arm}`;
  }
  if (sign === "crossed") return `M${x + half} ${y}v${size}M${x} ${y + half}h${size}`;
  if (sign === "posts") return `M${x + third} ${y}v${size}M${x + size - third} ${y}v${size}`;
  if (sign === "rungs") return `M${x} ${y + third}h${size}M${x} ${y + size - third}h${size}`;
  return sign === "plain" ? "" : `M${x + half} ${y + half}h.01`;
}
