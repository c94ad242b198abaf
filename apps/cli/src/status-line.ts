import type { Output } from "./io.ts";

/** How often the line is written again; more is only flicker. */
const EVERY_MS = 100;
const CLEAR = "\r\u001B[K";

/**
 * One line at the bottom of a terminal that is written again and again. In a
 * pipe it writes nothing.
 */
export class StatusLine {
  readonly #out: Output;
  readonly #nowMs: () => number;
  #writtenMs = Number.NEGATIVE_INFINITY;
  #shown = false;

  /** @param nowMs milliseconds from any origin */
  constructor(out: Output, nowMs: () => number) {
    this.#out = out;
    this.#nowMs = nowMs;
  }

  /** @param text makes the line; called only where it is time to write it */
  show(text: (nowMs: number) => string): void {
    const nowMs = this.#nowMs();
    if (!this.#out.isTTY || nowMs - this.#writtenMs < EVERY_MS) return;
    this.#writtenMs = nowMs;
    this.#shown = true;
    this.#out.write(`${CLEAR}${text(nowMs)}`);
  }

  /** Takes the line away, so that what follows stands alone. */
  clear(): void {
    if (this.#shown) this.#out.write(CLEAR);
    this.#shown = false;
  }
}
