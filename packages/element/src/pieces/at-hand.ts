/**
 * `#pieces` on a server: all of it is there at once, since a server draws once and waits
 * for nothing.
 */
import * as cardsModule from "../connection/cards.ts";
import * as controlsModule from "../connection/controls.ts";
import * as machineModule from "../connection/machine.ts";
import type { Language } from "../locale/language.ts";
import { narrate } from "../narration/narrate.ts";
import type { Cards, Controls, Machine, Narrate, RecordedRun } from "./kinds.ts";
import { type Piece, present } from "./piece.ts";

export const machine: Piece<Machine> = present(machineModule);
export const controls: Piece<Controls> = present(controlsModule);
export const cards: Piece<Cards> = present(cardsModule);

const inEveryLanguage: Piece<Narrate> = present(narrate);

export function narrator(_language: Language): Piece<Narrate> {
  return inEveryLanguage;
}

/** None: the machine is at hand. */
export function recordedRun(_name: string): Piece<RecordedRun> | undefined {
  return undefined;
}
