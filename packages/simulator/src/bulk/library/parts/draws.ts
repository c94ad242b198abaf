import type { Purpose } from "../../../random/draw.ts";
import { exponentialUs } from "../../../random/exponential.ts";
import { KeyedWords } from "../../../random/words.ts";
import type { Cell } from "../../cell.ts";
import type { End } from "../../connections.ts";

/**
 * Exponential draws of one purpose for the ends of a cell, keyed by the
 * connection, the host and a number, so that none depends on another. One for
 * each application.
 */
export function exponentialDraws(
  purpose: Purpose,
  meanUs: number,
): (cell: Cell, end: End, nth?: number) => number {
  let words: KeyedWords | undefined;
  return (cell, end, nth = 0) => {
    words ??= new KeyedWords(cell.key);
    const flow = cell.connections.flow(end);
    return exponentialUs(meanUs, words.aim(purpose, flow, cell.hostOf(end).index, nth));
  };
}
