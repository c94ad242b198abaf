import type { Envelope } from "../flights.ts";
import type { Box } from "../wire.ts";

/**
 * Loses what is sent to certain addresses: a computer that is switched off or
 * has left the network, or an address that someone only pretended to have.
 */
export class Unreachable implements Box {
  readonly #isGone: (address: number) => boolean;

  /** @param isGone whether no one is at this address now; asked for every segment */
  constructor(isGone: (address: number) => boolean) {
    this.#isGone = isGone;
  }

  pass(_nowUs: number, { dst }: Readonly<Envelope>): boolean {
    return !this.#isGone(dst);
  }
}
