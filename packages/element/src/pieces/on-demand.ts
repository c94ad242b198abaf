/**
 * `#pieces` in a page: what the first frame does not need comes after it, and the machine
 * when something is to be run. A bundler makes a file of each.
 */
import type { Language } from "../locale/language.ts";
import type { Cards, Controls, Machine, Narrate, RecordedRun } from "./kinds.ts";
import { later, type Piece } from "./piece.ts";

export const machine: Piece<Machine> = later(() => import("../connection/machine.ts"));
export const controls: Piece<Controls> = later(() => import("../connection/controls.ts"));
export const cards: Piece<Cards> = later(() => import("../connection/cards.ts"));

const inEveryLanguage: Piece<Narrate> = later(
  async () => (await import("../narration/narrate.ts")).narrate,
);

/** What tells the steps of a run in a language. */
export function narrator(_language: Language): Piece<Narrate> {
  return inEveryLanguage;
}

/**
 * The run of a scenario that ships, with the usual seed and no faults but its own, where it
 * is to be had without the machine. Here it is not.
 */
export function recordedRun(_name: string): Piece<RecordedRun> | undefined {
  return undefined;
}
