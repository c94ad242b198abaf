import type { Segment } from "@synfin/core/tcp";
import { draw, hits, Purpose } from "../../random/draw.ts";
import { hostOf } from "../connections.ts";
import type { Envelope } from "../flights.ts";
import type { Box } from "../wire.ts";

export interface LongWaySpec {
  /** Whose segments stray. */
  readonly from: number;
  /** How much later a copy comes. */
  readonly lateUs: number;
  /** Of how many connections out of a million. */
  readonly ppm: number;
}

/** A path on which text is duplicated, and the copy goes a long way round (RFC 1337). */
export class LongWay implements Box {
  readonly #spec: LongWaySpec;

  constructor(spec: LongWaySpec) {
    this.#spec = spec;
  }

  pass(): boolean {
    return true;
  }

  strayUs(key: number, envelope: Readonly<Envelope>, segment: Readonly<Segment>): number {
    const { from, lateUs, ppm } = this.#spec;
    if (segment.length === 0 || hostOf(envelope.src) !== from) return 0;
    return hits(draw(key, Purpose.DUPLICATE, envelope.flow, from, 0), ppm, 1_000_000) ? lateUs : 0;
  }
}
