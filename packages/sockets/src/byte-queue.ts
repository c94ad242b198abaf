/**
 * Bytes in order, appended at the end, dropped from the front: a send buffer
 * (dropped when acknowledged) or a receive buffer (dropped when read).
 */
export class ByteQueue {
  private bytes: Uint8Array = new Uint8Array(64);
  private start = 0;
  private end = 0;

  get length(): number {
    return this.end - this.start;
  }

  append(more: Uint8Array): void {
    this.reserve(more.length);
    this.bytes.set(more, this.end);
    this.end += more.length;
  }

  /** A copy of `length` bytes from `offset` on. Throws where there are fewer. */
  copy(offset: number, length: number): Uint8Array {
    if (offset < 0 || offset + length > this.length) {
      throw new Error(
        `synfin: ${offset}+${length} bytes asked of a queue that holds ${this.length}`,
      );
    }
    return this.bytes.slice(this.start + offset, this.start + offset + length);
  }

  /** Forgets the first `length` bytes, or all where there are fewer. */
  drop(length: number): void {
    this.start = Math.min(this.end, this.start + length);
    if (this.start === this.end) {
      this.start = 0;
      this.end = 0;
    }
  }

  private reserve(more: number): void {
    if (this.end + more <= this.bytes.length) return;
    const size = Math.max(2 * this.bytes.length, this.length + more);
    const next = new Uint8Array(size);
    next.set(this.bytes.subarray(this.start, this.end));
    this.end -= this.start;
    this.start = 0;
    this.bytes = next;
  }
}
