import { Flag } from "@synfin/core/tcp";
import type { Copy, Moment, Observer, Transmission } from "@synfin/simulator";
import type { Delivery, Watched, WatchedArrival } from "./run.ts";

/** What a run may send before `Watcher` gives it up: many times what it takes to say everything. */
export const MOST_TRANSMISSIONS = 4000;

/**
 * Thrown out of a run that goes on and on. By the letter of RFC 9293 there are
 * some: two ends whose numbers do not fit acknowledge each other's
 * acknowledgments until R2 (§3.10.7.4, first; RFC 5961 §7 on throttling).
 */
export class EndlessRun extends Error {
  override readonly name = "EndlessRun";
  /** The last transmissions, oldest first. */
  readonly tail: readonly Transmission[];

  constructor(tail: readonly Transmission[]) {
    super(`more than ${MOST_TRANSMISSIONS} transmissions: this run does not end`);
    this.tail = tail;
  }

  /** Whether nothing but bare acknowledgments, and a SYN now and then, goes on and on. */
  get isAckStorm(): boolean {
    return this.tail.every(({ datagram: { segment } }) => {
      const bare = (segment.flags & ~(Flag.ACK | Flag.SYN)) === 0;
      return bare && segment.length === 0;
    });
  }
}

const TAIL = 50;

/** Looks on at a run and writes down what a trace does not hold. */
export class Watcher implements Observer, Watched {
  readonly deliveries: Delivery[] = [];
  readonly arrivals: WatchedArrival[] = [];
  private readonly names: readonly string[];
  private readonly transmissions: Transmission[] = [];

  /** @param names of the hosts, in their order */
  constructor(names: readonly string[]) {
    this.names = names;
  }

  /** Throws `EndlessRun`, which stops the run, where it does not come to an end. */
  sent(transmission: Transmission): void {
    this.transmissions.push(transmission);
    const tooMany = this.transmissions.length > MOST_TRANSMISSIONS;
    if (tooMany) throw new EndlessRun(this.transmissions.slice(-TAIL));
  }

  arrived(moment: Moment, transmission: Transmission, copy: Copy): void {
    this.arrivals.push({ id: transmission.id, atUs: moment.atUs, verdict: copy.verdict });
  }

  delivered(moment: Moment, _length: number, bytes: Uint8Array): void {
    const host = this.names[moment.host] ?? `host ${moment.host}`;
    this.deliveries.push({ atUs: moment.atUs, host, bytes });
  }
}
