import { formatDuration } from "@synfin/simulator/view";
import type { Output } from "../io.ts";
import { StatusLine } from "../status-line.ts";
import type { WorkProgress } from "./crew.ts";
import { grouped } from "./format-table.ts";

/**
 * How far a run is, in one line of a terminal: connections, virtual time, how
 * much is done, and how long the rest will take.
 */
export class ProgressLine {
  readonly #line: StatusLine;
  readonly #startedMs: number;

  /** @param nowMs milliseconds from any origin */
  constructor(out: Output, nowMs: () => number) {
    this.#line = new StatusLine(out, nowMs);
    this.#startedMs = nowMs();
  }

  /** @param of what this is a part of: `rate 500/s, 3 of 10` */
  show({ opened, virtualUs, share }: WorkProgress, of = ""): void {
    this.#line.show((nowMs) => {
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
      return parts.join(", ");
    });
  }

  /** Takes the line away, so that what follows stands alone. */
  clear(): void {
    this.#line.clear();
  }
}
