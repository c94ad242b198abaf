/** Octets that grow; numbers are written little-endian, as most machines write captures. */
export class OctetWriter {
  #bytes: Uint8Array = new Uint8Array(4096);
  #length = 0;

  /** How many octets have been written. */
  get length(): number {
    return this.#length;
  }

  u16(value: number): void {
    const at = this.#grow(2);
    this.#bytes[at] = value;
    this.#bytes[at + 1] = value >>> 8;
  }

  u32(value: number): void {
    this.u16(value);
    this.u16(value >>> 16);
  }

  /** Writes the octets, and zeros behind them up to the next multiple of `alignment`. */
  octets(octets: Uint8Array, alignment = 1): void {
    const room = Math.ceil(octets.length / alignment) * alignment;
    // Growing may replace the array, so it comes first.
    const at = this.#grow(room);
    this.#bytes.set(octets, at);
  }

  /** Writes over four octets that were written before. */
  setU32(at: number, value: number): void {
    for (let index = 0; index < 4; index++) this.#bytes[at + index] = value >>> (8 * index);
  }

  /** A copy of all that was written. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** Makes room, and returns where it starts. */
  #grow(by: number): number {
    const at = this.#length;
    this.#length += by;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, 2 * this.#bytes.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return at;
  }
}
