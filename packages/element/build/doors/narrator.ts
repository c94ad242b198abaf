import type { Language } from "../../src/locale/language.ts";
import type { Narrate } from "../../src/narration/narrator.ts";
import type { Piece } from "../../src/pieces/piece.ts";
import { part } from "./part.ts";

const narrators: Readonly<Record<Language, Piece<Narrate>>> = {
  en: inPart("narration-en"),
  ko: inPart("narration-ko"),
};

/** What tells the steps of a run, in the one language that is asked for. */
export function narrator(language: Language): Piece<Narrate> {
  return narrators[language];
}

function inPart(name: string): Piece<Narrate> {
  const piece = part<{ readonly narrate: Narrate }>(name);
  return {
    get now() {
      return piece.now?.narrate;
    },
    load: async () => (await piece.load()).narrate,
  };
}
