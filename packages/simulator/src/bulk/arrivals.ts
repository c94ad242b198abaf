import {
  abort,
  COOKIE_LIFETIME_US,
  clearOutbox,
  closedSegmentArrives,
  completesHandshake,
  cookieMss,
  createTcb,
  emitSynCookie,
  Flag,
  type FourTuple,
  type IsnSecret,
  listenSegmentArrives,
  NEVER,
  openFromCookie,
  receive,
  recycle,
  reopen,
  State,
  segmentArrives,
  seqAdd,
  seqLt,
  synCookie,
  type Tcb,
  timeWaitTakes,
} from "@synfin/core/tcp";
import { onHandshakeAck, onSyn } from "@synfin/sockets";
import type { BulkListener } from "./bulk-listener.ts";
import type { Cell } from "./cell.ts";
import { type End, hostOf, octetsOf } from "./connections.ts";
import { createFlight, type Flight } from "./flights.ts";
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
  readonly #secret: IsnSecret;

  constructor({ parts, steps, opening, cell }: Hands) {
    this.#parts = parts;
    this.#steps = steps;
    this.#opening = opening;
    this.#cell = cell;
    this.#secret = { k0: parts.key, k1: ~parts.key };
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
    if (host.hasQueues && this.#isTurnedAway(end, host, tcb)) return;
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
    if (onSyn(listener.policy, listener.counts) !== "take") return true;
    connections.setFlow(end, flow);
    this.#parts.tally.superseded(end);
    const iss = this.#opening.chooseIss(host, end);
    const above = seqLt(tcb.sndNxt, iss) ? iss : seqAdd(tcb.sndNxt, ISS_STEP);
    reopen(tcb, this.#flight.segment, above, nowUs, host.params, out);
    this.#taken(end, host, listener);
    this.#steps.finish(end, host, tcb);
    return true;
  }

  /** The handshake would be complete, but too many wait for `accept`. */
  #isTurnedAway(end: End, host: BulkHost, tcb: Tcb): boolean {
    const listener = host.listeners.get(this.#flight.dstPort);
    if (listener === undefined || !listener.isBounded) return false;
    if (!completesHandshake(tcb, this.#flight.segment)) return false;
    const verdict = onHandshakeAck(listener.policy, listener.counts);
    if (verdict === "establish") return false;
    host.counters.ListenOverflows += 1;
    host.counters.ListenDrops += 1;
    if (verdict === "reset") {
      abort(tcb, this.#parts.nowUs, host.params, this.#parts.out);
      this.#steps.finish(end, host, tcb);
    }
    return true;
  }

  #atListener(known: End, host: BulkHost, listener: BulkListener): void {
    const segment = this.#flight.segment;
    const isSyn = (segment.flags & (Flag.SYN | Flag.ACK | Flag.RST)) === Flag.SYN;
    if (!isSyn || segment.badOption === 1) {
      if (this.#cookieReturns(known, host, listener)) return;
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
      this.#sendCookie(host, listener);
      return;
    }
    if (verdict === "replace") this.#recycleOldest(host, listener);
    const end = this.#endFor(known);
    const tcb = this.#opening.fresh(end, host, this.#flight.flow);
    const iss = this.#opening.chooseIss(host, end);
    clearOutbox(this.#parts.out);
    listenSegmentArrives(tcb, segment, iss, this.#parts.nowUs, host.params, this.#parts.out);
    this.#taken(end, host, listener);
    this.#steps.finish(end, host, tcb);
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

  #recycleOldest(host: BulkHost, listener: BulkListener): void {
    const [oldest] = listener.halfOpen;
    if (oldest === undefined) return;
    const { store, out } = this.#parts;
    const tcb = store.load(oldest, host.home);
    clearOutbox(out);
    recycle(tcb, out);
    this.#steps.finish(oldest, host, tcb);
  }

  #sendCookie(host: BulkHost, listener: BulkListener): void {
    const { nowUs, out } = this.#parts;
    const segment = this.#flight.segment;
    const mss = segment.mss === 0 ? host.params.defaultMss : segment.mss;
    const cookie = synCookie(this.#tuple(), segment.seq, mss, nowUs, this.#secret);
    listener.cookieSentAtUs = nowUs;
    host.counters.SyncookiesSent += 1;
    emitSynCookie(segment, cookie, host.params, out);
    this.#steps.answerStray(host, this.#flight);
  }

  /** An ACK that may be of a cookie. @returns whether nothing more is to be done about it */
  #cookieReturns(known: End, host: BulkHost, listener: BulkListener): boolean {
    const { nowUs, out } = this.#parts;
    const segment = this.#flight.segment;
    const isAck = (segment.flags & (Flag.SYN | Flag.ACK | Flag.RST)) === Flag.ACK;
    const sentUs = listener.cookieSentAtUs;
    if (!isAck || sentUs === NEVER || nowUs - sentUs > COOKIE_LIFETIME_US) return false;
    const [irs, cookie] = [seqAdd(segment.seq, -1), seqAdd(segment.ack, -1)];
    const mss = cookieMss(this.#tuple(), irs, cookie, nowUs, this.#secret);
    if (mss === undefined) {
      host.counters.SyncookiesFailed += 1;
      return false;
    }
    const verdict = onHandshakeAck(listener.policy, listener.counts);
    if (verdict !== "establish") return verdict === "ignore";
    host.counters.SyncookiesRecv += 1;
    const end = this.#endFor(known);
    const tcb = this.#opening.fresh(end, host, this.#flight.flow);
    openFromCookie(tcb, segment, mss, nowUs, host.params, out);
    this.#steps.finish(end, host, tcb);
    return true;
  }

  #tuple(): FourTuple {
    const { src, srcPort, dst, dstPort } = this.#flight;
    const [localAddress, remoteAddress] = [octetsOf(dst), octetsOf(src)];
    return { localAddress, localPort: dstPort, remoteAddress, remotePort: srcPort };
  }
}
