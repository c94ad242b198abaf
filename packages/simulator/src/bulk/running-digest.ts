import { finish } from "../random/draw.ts";

/**
 * The digest of one cell: two 32-bit lanes over its events in their order.
 * A cell's order is its own (see `EventQueue`), so it needs no more than this;
 * the digests of cells are summed, as those of shards are (`Digest`).
 */
export class RunningDigest {
  #a = 0x243f_6a88;
  #b = 0x85a3_08d3 | 0;

  /** Takes in an integer of up to 32 bits. */
  word(value: number): void {
    const a = Math.imul(this.#a ^ value, 0x85eb_ca6b);
    this.#a = a ^ (a >>> 13);
    const b = Math.imul((this.#b + value) | 0, 0xc2b2_ae35);
    this.#b = b ^ (b >>> 16);
  }

  /** Takes in a time in microseconds. */
  time(atUs: number): void {
    this.word(atUs | 0);
    if (atUs > 0xffff_ffff) this.word((atUs / 0x1_0000_0000) | 0);
  }

  get a(): number {
    return finish(this.#a);
  }

  get b(): number {
    return finish(this.#b);
  }
}
