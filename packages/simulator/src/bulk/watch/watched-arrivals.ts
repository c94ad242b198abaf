import { Arrivals } from "../arrivals.ts";
import type { Cell } from "../cell.ts";
import type { End } from "../connections.ts";
import type { Parts } from "../parts.ts";
import type { Steps } from "../steps.ts";
import type { ConnectionWatch } from "./connection-watch.ts";

/** Arrivals that someone looks on at, see `WatchedSteps`. */
export class WatchedArrivals extends Arrivals {
  readonly #parts: Parts;
  readonly #watch: ConnectionWatch;

  constructor(parts: Parts, steps: Steps, cell: Cell, watch: ConnectionWatch) {
    super(parts, steps, cell);
    this.#parts = parts;
    this.#watch = watch;
  }

  override take(flight: number): End {
    this.#watch.arrives(flight, this.#parts.queue.atUs);
    return super.take(flight);
  }

  override arrive(end: End): void {
    super.arrive(end);
    this.#watch.arrivalIsOver();
  }
}
