import {
  clearOutbox,
  closedSegmentArrives,
  createTcb,
  Flag,
  listenSegmentArrives,
  NEVER,
  receive,
  reopen,
  State,
  segmentArrives,
  seqAdd,
  seqLt,
  type Tcb,
  timeWaitTakes,
} from "@synfin/core/tcp";
import { onSyn } from "@synfin/sockets";
import type { BulkListener } from "./bulk-listener.ts";
import type { Cell } from "./cell.ts";
import { type End, hostOf } from "./connections.ts";
import { createFlight, type Flight } from "./flights.ts";
import { FullQueues } from "./full-queues.ts";
import type { BulkHost } from "./host.ts";
import type { Opening } from "./opening.ts";
import type { Parts } from "./parts.ts";
import type { Steps } from "./steps.ts";

/** What RFC 6528's clock gains in half a second. */
const ISS_STEP = 125_000;

/** Those of a cell that an arrival goes through. */
export interface Hands {
  readonly parts: Parts;
  readonly steps: Steps;
  readonly opening: Opening;
  readonly cell: Cell;
}

/** Brings what comes off the wire to the connection or the listener that it is meant for. */
export class Arrivals {
  readonly #parts: Parts;
  readonly #steps: Steps;
  readonly #opening: Opening;
  readonly #cell: Cell;
  #flight: Flight = createFlight();
  readonly #spare: Tcb = createTcb();
  #madeQueues: FullQueues | undefined;

  constructor({ parts, steps, opening, cell }: Hands) {
    this.#parts = parts;
    this.#steps = steps;
    this.#opening = opening;
    this.#cell = cell;
  }

  /** What is to be done where a queue is full; most cells have none that can be. */
  get #queues(): FullQueues {
    this.#madeQueues ??= new FullQueues(this.#parts, this.#steps, this.#opening);
    return this.#madeQueues;
  }

  /** Takes a segment off the wire; the end that it is for is −1 where no tuple matches. */
  take(flight: number): End {
    const { flights, connections } = this.#parts;
    this.#flight = flights.at(flight);
    const { sender, src, srcPort, dst, dstPort } = this.#flight;
    return connections.peerOf(sender, dst, dstPort, src, srcPort);
  }

  /** The digest has the segment's numbers, so that no bit of them can change unnoticed. */
  note(): void {
    const { digest } = this.#parts;
    const { seq, ack, flags, length } = this.#flight.segment;
    digest.word(seq ^ (flags << 24));
    digest.word(ack ^ length);
  }

  /** SEGMENT ARRIVES, with what `take` has taken. */
  arrive(end: End): void {
    const { store, out } = this.#parts;
    const { dst, dstPort } = this.#flight;
    const host = this.#parts.host(hostOf(dst));
    host.counters.InSegs += 1;
    clearOutbox(out);
    if (end >= 0 && store.state(end) !== State.CLOSED) {
      this.#atConnection(end, host);
      return;
    }
    const listener = host.listeners.get(dstPort);
    if (listener !== undefined) {
      this.#atListener(end, host, listener);
      return;
    }
    if (host.isHidden) return;
    closedSegmentArrives(this.#flight.segment, out);
    this.#steps.answerStray(host, this.#flight);
  }

  #atConnection(end: End, host: BulkHost): void {
    const { store, out, nowUs } = this.#parts;
    const tcb = store.load(end, host.home);
    if (tcb.state === State.TIME_WAIT && this.#reopens(end, host, tcb)) return;
    if (host.hasQueues && this.#queues.turnAway(end, host, tcb, this.#flight)) return;
    const { challenges } = host;
    const { segment } = this.#flight;
    if (challenges === undefined) segmentArrives(tcb, segment, nowUs, host.params, out);
    else challenges.arrives(tcb, segment, nowUs, host.params, out);
    const taken = out.takenLength;
    // Its user reads at once, unless the application says that it does not.
    if (taken > 0 && host.application.reads !== false) {
      receive(tcb, taken, nowUs, host.params, out);
    }
    this.#steps.finish(end, host, tcb);
    if (taken > 0) host.application.received?.(this.#cell, end, taken);
  }

  /** A SYN that TIME-WAIT takes opens a new connection in the old one's place (MAY-2). */
  #reopens(end: End, host: BulkHost, tcb: Tcb): boolean {
    const { connections, out, nowUs } = this.#parts;
    const { dstPort, flow } = this.#flight;
    const listener = host.listeners.get(dstPort);
    if (listener === undefined || !timeWaitTakes(tcb, this.#flight.segment, host.params))
      return false;
    if (listener.isBounded && onSyn(listener.policy, listener.counts) !== "take") return true;
    connections.setFlow(end, flow);
    this.#parts.tally.superseded(end);
    const iss = this.#opening.chooseIss(host, end);
    const above = seqLt(tcb.sndNxt, iss) ? iss : seqAdd(tcb.sndNxt, ISS_STEP);
    reopen(tcb, this.#flight.segment, above, nowUs, host.params, out);
    this.#taken(end, host, listener);
    this.#steps.finish(end, host, tcb);
    return true;
  }

  #atListener(known: End, host: BulkHost, listener: BulkListener): void {
    const segment = this.#flight.segment;
    const isSyn = (segment.flags & (Flag.SYN | Flag.ACK | Flag.RST)) === Flag.SYN;
    if (!isSyn || segment.badOption === 1) {
      if (this.#isOfCookie(known, host, listener)) return;
      listenSegmentArrives(
        this.#spare,
        segment,
        0,
        this.#parts.nowUs,
        host.params,
        this.#parts.out,
      );
      this.#steps.answerStray(host, this.#flight);
      return;
    }
    const verdict = listener.isBounded ? onSyn(listener.policy, listener.counts) : "take";
    if (verdict === "drop") {
      host.counters.ListenDrops += 1;
      if (listener.waiting.size > listener.backlog) host.counters.ListenOverflows += 1;
      return;
    }
    if (verdict === "cookie") {
      this.#queues.sendCookie(host, listener, this.#flight);
      return;
    }
    if (verdict === "replace") this.#queues.recycleOldest(host, listener);
    const end = this.#endFor(known);
    const tcb = this.#opening.fresh(end, host, this.#flight.flow);
    const iss = this.#opening.chooseIss(host, end);
    clearOutbox(this.#parts.out);
    listenSegmentArrives(tcb, segment, iss, this.#parts.nowUs, host.params, this.#parts.out);
    this.#taken(end, host, listener);
    this.#steps.finish(end, host, tcb);
  }

  /** Whether a cookie has come back, or nothing more is to be done about the segment. */
  #isOfCookie(known: End, host: BulkHost, listener: BulkListener): boolean {
    if (listener.cookieSentAtUs === NEVER) return false;
    return this.#queues.takeCookie(host, listener, this.#flight, () => this.#endFor(known));
  }

  #taken(end: End, host: BulkHost, listener: BulkListener): void {
    host.counters.PassiveOpens += 1;
    if (listener.isBounded) listener.halfOpen.add(end);
  }

  /** The end of this tuple at this host, made if there is none. */
  #endFor(known: End): End {
    const { connections, store, nowUs } = this.#parts;
    const { src, srcPort, dst, dstPort, flow } = this.#flight;
    let end = known;
    if (end < 0) {
      end = 2 * connections.add(src, srcPort, dst, dstPort) + 1;
      store.reserve(2 * connections.slots);
      connections.opens(end >>> 1, nowUs);
    }
    connections.setFlow(end, flow);
    return end;
  }
}
