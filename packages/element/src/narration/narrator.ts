import type { Language } from "../locale/language.ts";
import { type Piece, present } from "../pieces/piece.ts";
import { narrate } from "./narrate.ts";

export type Narrate = typeof narrate;

const inEveryLanguage: Piece<Narrate> = present(narrate);

/** What tells the steps of a run in a language. */
export function narrator(_language: Language): Piece<Narrate> {
  return inEveryLanguage;
}
