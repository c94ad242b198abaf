import { clearOutbox, closedSegmentArrives, createOutbox, type Segment } from "@synfin/core/tcp";
import type { LinkSpec } from "../scenario/scenario.ts";
import type { Verdict } from "../trace/trace.ts";
import { delayOf, duplicateLagUs, fate, reorderLagUs } from "../world/fate.ts";
import { Bottleneck } from "./bottleneck.ts";
import { hostOf } from "./connections.ts";
import type { Envelope, Flights } from "./flights.ts";
import type { PacketTrip } from "./packet-trip.ts";
import type { EventQueue } from "./queue.ts";
import type { ConnectionWatch } from "./watch/connection-watch.ts";

/** What lies between the hosts of a cell, and how much it can carry. */
export interface BulkLink extends LinkSpec {
  /** Octets that it carries in a second, each way; without it, any number. */
  readonly bytesPerSecond?: number;
  /** How many octets may wait for their turn; more are dropped. */
  readonly queueBytes?: number;
}

/**
 * A box on the path: a NAT, a load balancer, a firewall that tracks
 * connections. Every segment passes through it as it leaves its sender.
 */
export interface Box {
  /**
   * Looks at a segment, and may change who it is from or to.
   *
   * @returns whether it is let through
   */
  pass(nowUs: number, envelope: Envelope, segment: Readonly<Segment>): boolean;
  /**
   * A copy of what was let through may have strayed onto a longer way.
   *
   * @param key of the cell, for draws
   * @returns how much later than the other it comes; 0 for no copy
   */
  strayUs?(key: number, envelope: Readonly<Envelope>, segment: Readonly<Segment>): number;
  /** Whether what it does not let through is answered with a reset (§3.5.2, group 1). */
  readonly resets?: boolean;
  /** Before anything passes: the key of its cell's draws, see `drawKey`. */
  begin?(key: number): void;
}

/** What segments meet on the way, each where there is one. */
export interface OnTheWay {
  readonly trip: PacketTrip | undefined;
  readonly box: Box | undefined;
  readonly watch: ConnectionWatch | undefined;
}

/** What is in the queue: a segment under way. The cell knows the other kinds. */
export const FLIGHT = 0;

/** Carries segments: each gets its fate as it leaves, and arrives as an event. */
export class Wire {
  readonly #link: BulkLink;
  /** Whether all that happens to a segment is that it takes a while. */
  readonly #delaysOnly: boolean;
  readonly #key: number;
  readonly #queue: EventQueue;
  readonly #flights: Flights;
  readonly #bottleneck: Bottleneck | undefined;
  readonly #trip: PacketTrip | undefined;
  readonly #box: Box | undefined;
  readonly #watch: ConnectionWatch | undefined;
  readonly #refusal = createOutbox();
  /** Segments that the link or a box has lost. */
  dropped = 0;

  constructor(
    link: BulkLink,
    key: number,
    queue: EventQueue,
    flights: Flights,
    { trip, box, watch }: OnTheWay,
  ) {
    this.#box = box;
    this.#watch = watch;
    this.#link = link;
    const { bytesPerSecond, queueBytes } = link;
    const isNarrow = bytesPerSecond !== undefined;
    this.#bottleneck = isNarrow ? new Bottleneck(bytesPerSecond, queueBytes) : undefined;
    const { loss, duplicate, reorder, corrupt } = link;
    const ratios = [loss, duplicate, reorder, corrupt];
    const chancy = ratios.some((ratio) => ratio !== undefined && ratio[0] > 0);
    const jittery = link.jitterUs !== undefined && link.jitterUs > 0;
    const met = box ?? watch ?? trip ?? bytesPerSecond;
    this.#delaysOnly = !chancy && !jittery && met === undefined;
    this.#key = key;
    this.#queue = queue;
    this.#flights = flights;
    this.#trip = trip;
    if (!jittery) queue.addRing(FLIGHT, link.delayUs);
    box?.begin?.(key);
  }

  /**
   * Sends one of the segments of an outbox; a spare one takes its place there.
   *
   * @param number of this transmission of this flow at this host, from 1
   */
  send(
    nowUs: number,
    envelope: Envelope,
    segments: Segment[],
    index: number,
    number: number,
  ): void {
    const link = this.#link;
    if (this.#delaysOnly) {
      const flight = this.#flights.take(envelope, segments, index);
      this.#queue.push(FLIGHT, nowUs + link.delayUs, nowUs, flight, 0);
      return;
    }
    const segment = segments[index];
    if (segment === undefined) return;
    this.#watch?.leaves(nowUs, envelope, segment);
    this.#carry(nowUs, envelope, segment, number);
    this.#watch?.left();
  }

  #carry(nowUs: number, envelope: Envelope, segment: Readonly<Segment>, number: number): void {
    const link = this.#link;
    if (this.#box !== undefined && !this.#box.pass(nowUs, envelope, segment)) {
      this.#lose(nowUs, "drop");
      if (this.#box.resets === true) this.#refuse(nowUs, envelope, segment);
      return;
    }
    this.#stray(nowUs, envelope, segment);
    const waitUs = this.#bottleneck?.waitUs(nowUs, envelope, segment) ?? 0;
    if (waitUs < 0) {
      this.#lose(nowUs, "drop");
      return;
    }
    const passage = { key: this.#key, flow: envelope.flow, host: hostOf(envelope.src), number };
    const verdict = fate(link, passage);
    if (verdict === "drop" || verdict === "corrupt") {
      // What arrives damaged fails its checksum and is dropped there (MUST-3).
      this.#lose(nowUs + waitUs + delayOf(link, passage), verdict);
      return;
    }
    const carried = this.#trip === undefined ? segment : this.#trip.travel(envelope, segment);
    const onTimeUs = nowUs + waitUs + delayOf(link, passage);
    const lateUs = verdict === "reorder" ? reorderLagUs(link) : 0;
    const first = verdict === "duplicate" ? "deliver" : verdict;
    this.#land(onTimeUs + lateUs, nowUs, this.#flights.copy(envelope, carried), first);
    if (verdict !== "duplicate") return;
    const again = this.#flights.copy(envelope, carried);
    this.#land(onTimeUs + duplicateLagUs(link), nowUs, again, verdict);
  }

  /** A further copy that takes a longer way, where a box on the path makes one. */
  #stray(nowUs: number, envelope: Envelope, segment: Readonly<Segment>): void {
    const strayUs = this.#box?.strayUs?.(this.#key, envelope, segment) ?? 0;
    if (strayUs === 0) return;
    const carried = this.#trip === undefined ? segment : this.#trip.travel(envelope, segment);
    const flight = this.#flights.copy(envelope, carried);
    this.#land(nowUs + this.#link.delayUs + strayUs, nowUs, flight, "duplicate");
  }

  #land(atUs: number, nowUs: number, flight: number, verdict: Verdict): void {
    this.#queue.push(FLIGHT, atUs, nowUs, flight, 0);
    this.#watch?.flies(flight, atUs, verdict);
  }

  #lose(atUs: number, verdict: Verdict): void {
    this.dropped += 1;
    this.#watch?.lost(atUs, verdict);
  }

  /** The box stands in the middle of the link: its reset is back after one delay. */
  #refuse(nowUs: number, envelope: Envelope, segment: Readonly<Segment>): void {
    const out = this.#refusal;
    clearOutbox(out);
    closedSegmentArrives(segment, out);
    const { src, srcPort, dst, dstPort, flow } = envelope;
    const sender = -1;
    const back = { src: dst, srcPort: dstPort, dst: src, dstPort: srcPort, flow, sender };
    for (let index = 0; index < out.segmentCount; index += 1) {
      const flight = this.#flights.take(back, out.segments, index);
      this.#land(nowUs + this.#link.delayUs, nowUs, flight, "deliver");
    }
  }
}
