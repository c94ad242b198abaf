import { clearOutbox, closedSegmentArrives, createOutbox, type Segment } from "@synfin/core/tcp";
import type { LinkSpec } from "../scenario/scenario.ts";
import { delayOf, duplicateLagUs, fate, reorderLagUs } from "../world/fate.ts";
import { hostOf } from "./connections.ts";
import type { Envelope, Flights } from "./flights.ts";
import type { PacketTrip } from "./packet-trip.ts";
import type { EventQueue } from "./queue.ts";

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
  /** Whether what it does not let through is answered with a reset (§3.5.2, group 1). */
  readonly resets?: boolean;
  /** Before anything passes: the key of its cell's draws, see `drawKey`. */
  begin?(key: number): void;
}

/** What is in the queue: a segment under way. The cell knows the other kinds. */
export const FLIGHT = 0;

/** IPv4 and TCP headers without options. */
const HEADERS = 40;

/** Carries segments: each gets its fate as it leaves, and arrives as an event. */
export class Wire {
  readonly #link: BulkLink;
  /** Whether all that the link does is to take a while. */
  readonly #delaysOnly: boolean;
  readonly #key: number;
  readonly #queue: EventQueue;
  readonly #flights: Flights;
  /** When the link is free again, for each direction. */
  readonly #freeAtUs = [0, 0];
  readonly #trip: PacketTrip | undefined;
  readonly #box: Box | undefined;
  readonly #refusal = createOutbox();
  /** Segments that the link or a box has lost. */
  dropped = 0;

  constructor(
    link: BulkLink,
    key: number,
    queue: EventQueue,
    flights: Flights,
    trip: PacketTrip | undefined,
    box: Box | undefined,
  ) {
    this.#box = box;
    this.#link = link;
    const { loss, duplicate, reorder, corrupt } = link;
    const ratios = [loss, duplicate, reorder, corrupt];
    const chancy = ratios.some((ratio) => ratio !== undefined && ratio[0] > 0);
    const jittery = link.jitterUs !== undefined && link.jitterUs > 0;
    this.#delaysOnly = !chancy && !jittery && link.bytesPerSecond === undefined;
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
    if (this.#delaysOnly && this.#box === undefined && this.#trip === undefined) {
      this.#land(nowUs + link.delayUs, nowUs, this.#flights.take(envelope, segments, index));
      return;
    }
    const segment = segments[index];
    if (segment === undefined) return;
    if (this.#box !== undefined && !this.#box.pass(nowUs, envelope, segment)) {
      this.dropped += 1;
      if (this.#box.resets === true) this.#refuse(nowUs, envelope, segment);
      return;
    }
    const waitUs = this.#waitUs(nowUs, envelope, segment);
    if (waitUs < 0) {
      this.dropped += 1;
      return;
    }
    const passage = { key: this.#key, flow: envelope.flow, host: hostOf(envelope.src), number };
    const verdict = fate(link, passage);
    if (verdict === "drop" || verdict === "corrupt") {
      // What arrives damaged fails its checksum and is dropped there (MUST-3).
      this.dropped += 1;
      return;
    }
    const carried = this.#trip === undefined ? segment : this.#trip.travel(envelope, segment);
    const onTimeUs = nowUs + waitUs + delayOf(link, passage);
    const lateUs = verdict === "reorder" ? reorderLagUs(link) : 0;
    this.#land(onTimeUs + lateUs, nowUs, this.#flights.copy(envelope, carried));
    if (verdict !== "duplicate") return;
    const again = this.#flights.copy(envelope, carried);
    this.#land(onTimeUs + duplicateLagUs(link), nowUs, again);
  }

  #land(atUs: number, nowUs: number, flight: number): void {
    this.#queue.push(FLIGHT, atUs, nowUs, flight, 0);
  }

  /** The box stands in the middle of the link: its reset is back after one delay. */
  #refuse(nowUs: number, envelope: Envelope, segment: Segment): void {
    const out = this.#refusal;
    clearOutbox(out);
    closedSegmentArrives(segment, out);
    const { src, srcPort, dst, dstPort, flow } = envelope;
    const back = { src: dst, srcPort: dstPort, dst: src, dstPort: srcPort, flow };
    for (let index = 0; index < out.segmentCount; index += 1) {
      this.#land(nowUs + this.#link.delayUs, nowUs, this.#flights.take(back, out.segments, index));
    }
  }

  /** How long until the link has taken it; −1 where its queue is full. */
  #waitUs(nowUs: number, envelope: Envelope, segment: Readonly<Segment>): number {
    const { bytesPerSecond, queueBytes = Number.POSITIVE_INFINITY } = this.#link;
    if (bytesPerSecond === undefined) return 0;
    const direction = envelope.src < envelope.dst ? 0 : 1;
    const startUs = Math.max(nowUs, this.#freeAtUs[direction] ?? 0);
    const waiting = Math.floor(((startUs - nowUs) * bytesPerSecond) / 1_000_000);
    if (waiting > queueBytes) return -1;
    const size = HEADERS + segment.length;
    const doneUs = startUs + Math.ceil((size * 1_000_000) / bytesPerSecond);
    this.#freeAtUs[direction] = doneUs;
    return doneUs - nowUs;
  }
}
