import { Flag, type Segment } from "@synfin/core/tcp";
import { draw, hits, Purpose } from "../../random/draw.ts";
import type { Ratio } from "../../scenario/scenario.ts";
import { hostOf } from "../connections.ts";
import type { Envelope } from "../flights.ts";
import type { Box } from "../wire.ts";

/**
 * A path that begins to lose segments of a connection when its first FIN comes:
 * what a close suffers, apart from what handshakes and data do.
 */
export class LossyClose implements Box {
  readonly #loss: Ratio;
  #key = 0;
  /** By flow, how many segments have come since its first FIN. */
  readonly #closing = new Map<number, number>();

  constructor(loss: Ratio) {
    this.#loss = loss;
  }

  begin(key: number): void {
    this.#key = key;
  }

  pass(_nowUs: number, { src, flow }: Envelope, { flags }: Readonly<Segment>): boolean {
    const before = this.#closing.get(flow);
    if (before === undefined && (flags & Flag.FIN) === 0) return true;
    const number = (before ?? 0) + 1;
    this.#closing.set(flow, number);
    const word = draw(this.#key, Purpose.LOSS, flow, hostOf(src), number);
    return !hits(word, this.#loss[0], this.#loss[1]);
  }

  /** The connection is over: forgets it. */
  forget(flow: number): void {
    this.#closing.delete(flow);
  }
}
