import type { Census } from "./frame.ts";

/** More rows than this are thinned out to half of them. */
const MAX_ROWS = 480;

/**
 * The counts at even distances of virtual time. There are never more than a
 * few hundred rows: when it gets too many, every second one goes and the
 * distance doubles.
 */
export class Samples {
  #intervalUs: number;
  #rows: Census[] = [];
  /** Rows that have been handed out already. */
  #taken = 0;

  constructor(intervalUs: number) {
    this.#intervalUs = intervalUs;
  }

  get rows(): readonly Census[] {
    return this.#rows;
  }

  /** The counts have been these for every sample before this time. */
  upTo(atUs: number, client: readonly number[], server: readonly number[]): void {
    let nextUs = this.#rows.length * this.#intervalUs;
    while (nextUs < atUs) {
      this.#rows.push({ atUs: nextUs, client: [...client], server: [...server] });
      if (this.#rows.length > MAX_ROWS) this.#thin();
      nextUs = this.#rows.length * this.#intervalUs;
    }
  }

  /** The rows since the last call, and the index of the first; 0 means all over again. */
  take(): { readonly first: number; readonly rows: readonly Census[] } {
    const first = this.#taken;
    this.#taken = this.#rows.length;
    return { first, rows: this.#rows.slice(first) };
  }

  #thin(): void {
    this.#rows = this.#rows.filter((_, index) => index % 2 === 0);
    this.#intervalUs *= 2;
    this.#taken = 0;
  }
}
