import { finish, mix, type Purpose } from "./draw.ts";

/** A source of even 32-bit words, each an integer from 0 to 2³² − 1. */
export interface WordSource {
  next(): number;
}

/**
 * Any number of words for one draw. What takes an unknown number of words must
 * not take them from its neighbours, so each draw has a sequence of its own.
 * One object serves every draw of a run: `aim` it, then take. It allocates nothing.
 */
export class KeyedWords implements WordSource {
  readonly #key: number;
  #stem = 0;
  #taken = 0;

  /** @param key of the run, see `drawKey` */
  constructor(key: number) {
    this.#key = key;
  }

  /** The sequence of this draw, from its first word on. The arguments are those of `draw`. */
  aim(purpose: Purpose, flow: number, host: number, nth: number): this {
    this.#stem = mix(mix(mix(mix(this.#key, purpose), flow), host), nth);
    this.#taken = 0;
    return this;
  }

  next(): number {
    const word = finish(mix(this.#stem, this.#taken));
    this.#taken += 1;
    return word;
  }
}
