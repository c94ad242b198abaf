import type { Segment } from "@synfin/core/tcp";
import type { Envelope } from "./flights.ts";

/** IPv4 and TCP headers without options. */
const HEADERS = 40;

/** A link that carries so many octets in a second, each way, and lets so many wait. */
export class Bottleneck {
  readonly #bytesPerSecond: number;
  readonly #queueBytes: number;
  /** When the link is free again, for each direction. */
  readonly #freeAtUs = [0, 0];

  constructor(bytesPerSecond: number, queueBytes: number = Number.POSITIVE_INFINITY) {
    this.#bytesPerSecond = bytesPerSecond;
    this.#queueBytes = queueBytes;
  }

  /** How long until the link has taken it; −1 where its queue is full. */
  waitUs(nowUs: number, envelope: Readonly<Envelope>, segment: Readonly<Segment>): number {
    const bytesPerSecond = this.#bytesPerSecond;
    const direction = envelope.src < envelope.dst ? 0 : 1;
    const startUs = Math.max(nowUs, this.#freeAtUs[direction] ?? 0);
    const waiting = Math.floor(((startUs - nowUs) * bytesPerSecond) / 1_000_000);
    if (waiting > this.#queueBytes) return -1;
    const size = HEADERS + segment.length;
    const doneUs = startUs + Math.ceil((size * 1_000_000) / bytesPerSecond);
    this.#freeAtUs[direction] = doneUs;
    return doneUs - nowUs;
  }
}
