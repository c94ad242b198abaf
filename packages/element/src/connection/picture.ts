import type { Trace } from "@synfin/simulator";
import type { Moment, SeqMode } from "@synfin/simulator/view";
import { type Drawing, drawLadder } from "../ladder/draw.ts";
import { type Ladder, layoutLadder } from "../ladder/ladder.ts";
import type { Language } from "../locale/language.ts";

/** What is made once for a run, a width, a language and a way to show numbers. */
export interface Picture {
  readonly steps: readonly Moment[];
  readonly ladder: Ladder;
  readonly drawing: Drawing;
}

/** Remembers the last picture, so that a frame of a run that plays lays nothing out. */
export class PictureMemory {
  #key: readonly unknown[] = [];
  #picture: Picture | undefined;

  /** The picture that was made last, whatever it shows. */
  get last(): Picture | undefined {
    return this.#picture;
  }

  /** The picture of a run: the remembered one, if it is of just this. */
  of(trace: Trace, lang: Language, width: number, seq: SeqMode): Picture {
    const key = [trace, lang, width, seq];
    if (this.#picture !== undefined && key.every((value, index) => value === this.#key[index])) {
      return this.#picture;
    }
    const ladder = layoutLadder(trace, { width, lang, seq });
    this.#key = key;
    this.#picture = { ladder, steps: ladder.steps, drawing: drawLadder(ladder) };
    return this.#picture;
  }
}
