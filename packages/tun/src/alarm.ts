import type { Clock } from "./clock.ts";

/** Node's longest timer; a later deadline is looked at again by then. */
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

  /** @param ring called at the deadline or soon after it; it sets the next one with `by` */
  constructor(clock: Clock, ring: () => void) {
    this.clock = clock;
    this.ring = ring;
  }

  /** Rings at `atUs` at the latest. Later than what is set already: nothing to do. */
  by(atUs: number): void {
    if (atUs >= this.atUs) return;
    this.stop();
    this.atUs = atUs;
    // Rounded up: a timer that rings early would find nothing due.
    const waitMs = Math.ceil((atUs - this.clock.nowUs()) / 1000);
    this.timer = setTimeout(() => this.due(), Math.min(LONGEST_MS, Math.max(0, waitMs)));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.atUs = Number.POSITIVE_INFINITY;
  }

  private due(): void {
    this.stop();
    this.ring();
  }
}
