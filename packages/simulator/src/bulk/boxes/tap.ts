import type { Segment } from "@synfin/core/tcp";
import type { Envelope } from "../flights.ts";
import type { Box } from "../wire.ts";

/** Shows to someone what passes, and lets it go on: tcpdump at a network card. */
export class Tap implements Box {
  readonly #see: (envelope: Readonly<Envelope>, segment: Readonly<Segment>) => void;
  readonly #next: Pick<Box, "pass"> | undefined;

  /** @param next what comes after it on the path; everything gets through if nothing does */
  constructor(
    see: (envelope: Readonly<Envelope>, segment: Readonly<Segment>) => void,
    next?: Pick<Box, "pass">,
  ) {
    this.#see = see;
    this.#next = next;
  }

  pass(nowUs: number, envelope: Envelope, segment: Readonly<Segment>): boolean {
    this.#see(envelope, segment);
    return this.#next?.pass(nowUs, envelope, segment) ?? true;
  }
}
