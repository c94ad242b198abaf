import { Purpose } from "../../../random/draw.ts";
import { PoissonArrivals } from "../../../random/poisson-arrivals.ts";
import { KeyedWords } from "../../../random/words.ts";
import type { Cell } from "../../cell.ts";
import type { Parameter } from "../../scenario.ts";

const SECOND_US = 1_000_000;

/** How calls come: the choices of `ARRIVALS`, by their index. */
export const CONSTANT = 0;
export const POISSON = 1;

export const ARRIVALS: Parameter = {
  key: "arrivals",
  unit: "choice",
  default: CONSTANT,
  min: 0,
  max: 1,
  choices: ["constant", "poisson"],
  doc: { en: "how they come", ko: "도착하는 방식" },
};

/** The times of calls at a rate, for one cell. */
export class OpenCalls {
  readonly #rate: number;
  readonly #perUs: number;
  readonly #arrivals: PoissonArrivals | undefined;
  #words: KeyedWords | undefined;

  /** So many calls in each `perUs`, which is a second by default. */
  constructor(rate: number, arrivals: number, perUs: number = SECOND_US) {
    this.#rate = rate;
    this.#perUs = perUs;
    this.#arrivals = arrivals === POISSON ? new PoissonArrivals(rate, perUs) : undefined;
  }

  /** When the n-th call comes, from 0; asked for each in its turn. */
  atUs(cell: Cell, nth: number): number {
    if (this.#arrivals === undefined) return Math.floor((nth * this.#perUs) / this.#rate);
    return this.#arrivals.next(this.words(cell, Purpose.OPEN, nth));
  }

  /** The draws of this call for this purpose. */
  words(cell: Cell, purpose: Purpose, nth: number): KeyedWords {
    this.#words ??= new KeyedWords(cell.key);
    return this.#words.aim(purpose, nth, 0, 0);
  }
}
