/** States that have been reached and not yet left, as words in one growing array. */
export class Frontier {
  #words = new Int32Array(1 << 12);
  #used = 0;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** @param index the number of the state among those visited */
  push(index: number, words: readonly number[]): void {
    const needed = this.#used + words.length + 2;
    if (needed > this.#words.length) {
      const grown = new Int32Array(Math.max(needed, this.#words.length * 2));
      grown.set(this.#words);
      this.#words = grown;
    }
    this.#words[this.#used] = index;
    this.#words[this.#used + 1] = words.length;
    this.#words.set(words, this.#used + 2);
    this.#used = needed;
    this.#count += 1;
  }

  /** A reader that goes through the states in the order in which they were pushed. */
  reader(): FrontierReader {
    return new FrontierReader(this.#words, this.#used);
  }
}

/** Goes through a frontier once; `words` from `at` on are the state's. */
export class FrontierReader {
  readonly words: Int32Array;
  readonly #used: number;
  #next = 0;
  index = -1;
  at = 0;

  constructor(words: Int32Array, used: number) {
    this.words = words;
    this.#used = used;
  }

  /** Goes on to the next state. @returns whether there was one */
  advance(): boolean {
    if (this.#next >= this.#used) return false;
    this.index = this.words[this.#next] ?? -1;
    this.at = this.#next + 2;
    this.#next = this.at + (this.words[this.#next + 1] ?? 0);
    return true;
  }
}
