import type { Clock } from "./clock.ts";

/** Node's longest timer: 24 days. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * One Node timer for the earliest of many deadlines. A deadline that moves
 * away does not touch the timer: it rings, finds nothing due, and is told the
 * next one. That is cheaper than a timer that moves with every segment.
 */
export class Alarm {
  private timer: NodeJS.Timeout | undefined;
  private atUs = Number.POSITIVE_INFINITY;
  private readonly clock: Clock;
  private readonly ring: () => void;

  /** @param ring called soon after the deadline and never before; it sets the next one with `by` */
  constructor(clock: Clock, ring: () => void) {
    this.clock = clock;
    this.ring = ring;
  }

  /** Rings at `atUs` at the latest. Later than what is set already: nothing to do. */
  by(atUs: number): void {
    if (atUs >= this.atUs) return;
    this.stop();
    this.atUs = atUs;
    const waitMs = Math.ceil((atUs - this.clock.nowUs()) / 1000);
    this.timer = setTimeout(() => this.due(), Math.min(LONGEST_MS, Math.max(0, waitMs)));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.atUs = Number.POSITIVE_INFINITY;
  }

  private due(): void {
    const { atUs } = this;
    this.stop();
    // Node's timers may be early by a part of a millisecond, and cannot wait for months.
    if (this.clock.nowUs() < atUs) this.by(atUs);
    else this.ring();
  }
}
