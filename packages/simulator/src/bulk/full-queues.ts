import {
  abort,
  COOKIE_LIFETIME_US,
  clearOutbox,
  completesHandshake,
  cookieMss,
  emitSynCookie,
  Flag,
  type FourTuple,
  type IsnSecret,
  openFromCookie,
  recycle,
  seqAdd,
  synCookie,
  type Tcb,
} from "@synfin/core/tcp";
import { onHandshakeAck } from "@synfin/sockets";
import type { BulkListener } from "./bulk-listener.ts";
import { type End, octetsOf } from "./connections.ts";
import type { Flight } from "./flights.ts";
import type { BulkHost } from "./host.ts";
import type { Opening } from "./opening.ts";
import type { Parts } from "./parts.ts";
import type { Steps } from "./steps.ts";

/** What arrivals do at a listener whose backlog is bounded, and full (RFC 4987). */
export class FullQueues {
  readonly #parts: Parts;
  readonly #steps: Steps;
  readonly #opening: Opening;
  readonly #secret: IsnSecret;

  constructor(parts: Parts, steps: Steps, opening: Opening) {
    this.#parts = parts;
    this.#steps = steps;
    this.#opening = opening;
    this.#secret = { k0: parts.key, k1: ~parts.key };
  }

  /** The handshake would be complete, but too many wait for `accept`. @returns whether they do */
  turnAway(end: End, host: BulkHost, tcb: Tcb, flight: Flight): boolean {
    const listener = host.listeners.get(flight.dstPort);
    if (listener === undefined || !listener.isBounded) return false;
    if (!completesHandshake(tcb, flight.segment)) return false;
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

  /** Gives up the connection that has been half open for longest. */
  recycleOldest(host: BulkHost, listener: BulkListener): void {
    const [oldest] = listener.halfOpen;
    if (oldest === undefined) return;
    const { store, out } = this.#parts;
    const tcb = store.load(oldest, host.home);
    clearOutbox(out);
    recycle(tcb, out);
    this.#steps.finish(oldest, host, tcb);
  }

  sendCookie(host: BulkHost, listener: BulkListener, flight: Flight): void {
    const { nowUs, out } = this.#parts;
    const { segment } = flight;
    const mss = segment.mss === 0 ? host.params.defaultMss : segment.mss;
    const cookie = synCookie(tupleOf(flight), segment.seq, mss, nowUs, this.#secret);
    listener.cookieSentAtUs = nowUs;
    host.counters.SyncookiesSent += 1;
    emitSynCookie(segment, cookie, host.params, out);
    this.#steps.answerStray(host, flight);
  }

  /**
   * An ACK that may be of a cookie.
   *
   * @param endFor the end that it is for, made if there is none
   * @returns whether nothing more is to be done about it
   */
  takeCookie(host: BulkHost, listener: BulkListener, flight: Flight, endFor: () => End): boolean {
    const { nowUs, out } = this.#parts;
    const { segment } = flight;
    const isAck = (segment.flags & (Flag.SYN | Flag.ACK | Flag.RST)) === Flag.ACK;
    if (!isAck || nowUs - listener.cookieSentAtUs > COOKIE_LIFETIME_US) return false;
    const [irs, cookie] = [seqAdd(segment.seq, -1), seqAdd(segment.ack, -1)];
    const mss = cookieMss(tupleOf(flight), irs, cookie, nowUs, this.#secret);
    if (mss === undefined) {
      host.counters.SyncookiesFailed += 1;
      return false;
    }
    const verdict = onHandshakeAck(listener.policy, listener.counts);
    if (verdict !== "establish") return verdict === "ignore";
    host.counters.SyncookiesRecv += 1;
    const end = endFor();
    const tcb = this.#opening.fresh(end, host, flight.flow);
    openFromCookie(tcb, segment, mss, nowUs, host.params, out);
    this.#steps.finish(end, host, tcb);
    return true;
  }
}

function tupleOf({ src, srcPort, dst, dstPort }: Flight): FourTuple {
  const [localAddress, remoteAddress] = [octetsOf(dst), octetsOf(src)];
  return { localAddress, localPort: dstPort, remoteAddress, remotePort: srcPort };
}
