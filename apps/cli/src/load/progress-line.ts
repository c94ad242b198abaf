import { formatDuration } from "@synfin/simulator/view";
import type { Output } from "../io.ts";
import type { WorkProgress } from "./crew.ts";
import { grouped } from "./format-table.ts";

/** How often the line is written again; more is only flicker. */
const EVERY_MS = 100;
const CLEAR = "\r\u001B[K";

/**
 * One line at the bottom of a terminal that is written again and again:
 * connections, virtual time, how much is done, and how long the rest will
 * take. In a pipe it writes nothing.
 */
export class ProgressLine {
  readonly #out: Output;
  readonly #nowMs: () => number;
  readonly #startedMs: number;
  #writtenMs = Number.NEGATIVE_INFINITY;
  #shown = false;

  /** @param nowMs milliseconds from any origin */
  constructor(out: Output, nowMs: () => number) {
    this.#out = out;
    this.#nowMs = nowMs;
    this.#startedMs = nowMs();
  }

  /** @param of what this is a part of: `rate 500/s, 3 of 10` */
  show({ opened, virtualUs, share }: WorkProgress, of = ""): void {
    const nowMs = this.#nowMs();
    if (!this.#out.isTTY || nowMs - this.#writtenMs < EVERY_MS) return;
    this.#writtenMs = nowMs;
    const parts = [
      ...(of === "" ? [] : [of]),
      `${grouped(opened)} connections`,
      `${formatDuration(virtualUs)} of virtual time`,
    ];
    if (share !== undefined && share > 0) {
      const leftMs = ((nowMs - this.#startedMs) * (1 - share)) / share;
      parts.push(`${Math.floor(share * 100)} %`);
      // The time of several runs in a row is nothing that one of them tells.
      if (of === "") parts.push(`${Math.ceil(leftMs / 1000)} s to go`);
    }
    this.#shown = true;
    this.#out.write(`${CLEAR}${parts.join(", ")}`);
  }

  /** Takes the line away, so that what follows stands alone. */
  clear(): void {
    if (this.#shown) this.#out.write(CLEAR);
    this.#shown = false;
  }
}
