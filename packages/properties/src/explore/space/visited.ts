/** The fraction of the table that may be full before it grows. */
const FULLEST = 0.6;
const FIRST_SIZE = 1 << 16;

/**
 * The states that have been reached, each as 64 bits of hash, with the state and
 * the action that led to it first: 17 octets a state, and a table of 4 octets an
 * entry. Two states whose hashes are equal are taken for one; the chance of that
 * is `collisionChance`.
 */
export class Visited {
  #table = new Int32Array(FIRST_SIZE).fill(-1);
  #high = new Int32Array(FIRST_SIZE);
  #low = new Int32Array(FIRST_SIZE);
  #parents = new Int32Array(FIRST_SIZE);
  #actions = new Uint8Array(FIRST_SIZE);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The chance that any two of the states so far have the same hash, about n²/2⁶⁵. */
  get collisionChance(): number {
    return this.#size ** 2 / 2 ** 65;
  }

  /**
   * Adds a state.
   *
   * @param parent the number of the state before it, −1 for the first
   * @returns its number, counted from 0; where it had been reached before, −1 less that
   */
  add(high: number, low: number, parent: number, action: number): number {
    const mask = this.#table.length - 1;
    let slot = low & mask;
    for (;;) {
      const index = this.#table[slot] ?? -1;
      if (index === -1) break;
      if (this.#high[index] === high && this.#low[index] === low) return -1 - index;
      slot = (slot + 1) & mask;
    }
    const index = this.#size;
    if (index === this.#high.length) this.#growStates();
    this.#table[slot] = index;
    this.#high[index] = high;
    this.#low[index] = low;
    this.#parents[index] = parent;
    this.#actions[index] = action;
    this.#size += 1;
    if (this.#size > FULLEST * this.#table.length) this.#growTable();
    return index;
  }

  /** The actions that lead from the first state to this one, in order. */
  pathTo(index: number): number[] {
    const path: number[] = [];
    for (let at = index; (this.#parents[at] ?? -1) !== -1; at = this.#parents[at] ?? -1) {
      path.push(this.#actions[at] ?? 0);
    }
    return path.reverse();
  }

  #growStates(): void {
    const longer = this.#high.length * 2;
    const grown = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const array = new Int32Array(longer);
      array.set(old);
      return array;
    };
    this.#high = grown(this.#high);
    this.#low = grown(this.#low);
    this.#parents = grown(this.#parents);
    const actions = new Uint8Array(longer);
    actions.set(this.#actions);
    this.#actions = actions;
  }

  #growTable(): void {
    this.#table = new Int32Array(this.#table.length * 2).fill(-1);
    const mask = this.#table.length - 1;
    for (let index = 0; index < this.#size; index += 1) {
      let slot = (this.#low[index] ?? 0) & mask;
      while (this.#table[slot] !== -1) slot = (slot + 1) & mask;
      this.#table[slot] = index;
    }
  }
}
