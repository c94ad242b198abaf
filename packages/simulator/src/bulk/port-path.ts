/** Which ports a search may take: any, or those an even or an odd number above the first. */
export const Parity = { ANY: -1, EVEN: 0, ODD: 1 } as const;
export type Parity = (typeof Parity)[keyof typeof Parity];

/** The ports that are taken towards one destination, a bit each. */
export class PortPath {
  /** Where the next search begins. */
  next: number;
  readonly #bits: Uint32Array;
  readonly #count: number;
  /** How many are taken, an even and an odd number above the first. */
  readonly #taken = [0, 0];

  constructor(count: number, next: number) {
    this.#bits = new Uint32Array((count + 31) >>> 5);
    this.#count = count;
    this.next = next;
  }

  get taken(): number {
    return (this.#taken[0] ?? 0) + (this.#taken[1] ?? 0);
  }

  has(index: number): boolean {
    return (((this.#bits[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1;
  }

  set(index: number): void {
    this.#put(index, (this.#bits[index >>> 5] ?? 0) | (1 << (index & 31)), 1);
  }

  unset(index: number): void {
    this.#put(index, (this.#bits[index >>> 5] ?? 0) & ~(1 << (index & 31)), -1);
  }

  #put(index: number, word: number, by: number): void {
    this.#bits[index >>> 5] = word;
    this.#taken[index & 1] = (this.#taken[index & 1] ?? 0) + by;
  }

  /** The first free index from `start` on, and round; −1 where there is none. */
  firstFree(start: number, parity: Parity): number {
    if (this.#isFull(parity)) return -1;
    const count = this.#count;
    const shut = parity === Parity.ANY ? 0 : parity === Parity.EVEN ? 0xaaaa_aaaa : 0x5555_5555;
    let index = start;
    for (;;) {
      const word = ((this.#bits[index >>> 5] ?? 0) | shut) >>> (index & 31);
      if (word === 0xffff_ffff >>> (index & 31)) index = (index | 31) + 1;
      else if ((word & 1) === 1) index += 1;
      else if (index < count) return index;
      if (index >= count) index = 0;
    }
  }

  #isFull(parity: Parity): boolean {
    if (parity === Parity.ANY) return this.taken === this.#count;
    return this.#taken[parity] === (this.#count + 1 - parity) >>> 1;
  }
}
