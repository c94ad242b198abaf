import { hostOf } from "../connections.ts";
import type { Envelope } from "../flights.ts";
import type { Box } from "../wire.ts";

/**
 * A host that is gone from a moment on, without a word: its cable is out, its
 * machine has lost power, a firewall has begun to drop. Nothing reaches it and
 * nothing leaves it.
 */
export class SilentHost implements Box {
  readonly #host: number;
  readonly #goneAtUs: number;

  /** @param host its number in the cell */
  constructor(host: number, goneAtUs: number) {
    this.#host = host;
    this.#goneAtUs = goneAtUs;
  }

  pass(nowUs: number, { src, dst }: Envelope): boolean {
    return nowUs < this.#goneAtUs || (hostOf(src) !== this.#host && hostOf(dst) !== this.#host);
  }
}
