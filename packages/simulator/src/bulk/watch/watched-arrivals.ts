import { Arrivals, type Hands } from "../arrivals.ts";
import type { End } from "../connections.ts";
import type { Parts } from "../parts.ts";
import type { ConnectionWatch } from "./connection-watch.ts";

/** Arrivals that someone looks on at, see `WatchedSteps`. */
export class WatchedArrivals extends Arrivals {
  readonly #parts: Parts;
  readonly #watch: ConnectionWatch;

  constructor(hands: Hands, watch: ConnectionWatch) {
    super(hands);
    this.#parts = hands.parts;
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
