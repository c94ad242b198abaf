import type { Segment } from "@synfin/core/tcp";
import type { Envelope } from "../flights.ts";
import type { Box } from "../wire.ts";

/** Lets everything through and shows it to someone: tcpdump at a network card. */
export class Tap implements Box {
  readonly #see: (envelope: Readonly<Envelope>, segment: Readonly<Segment>) => void;

  constructor(see: (envelope: Readonly<Envelope>, segment: Readonly<Segment>) => void) {
    this.#see = see;
  }

  pass(_nowUs: number, envelope: Readonly<Envelope>, segment: Readonly<Segment>): boolean {
    this.#see(envelope, segment);
    return true;
  }
}
