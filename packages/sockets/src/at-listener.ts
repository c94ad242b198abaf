import {
  COOKIE_LIFETIME_US,
  clearOutbox,
  cookieMss,
  createTcb,
  emitSynCookie,
  Flag,
  listenSegmentArrives,
  NEVER,
  openFromCookie,
  recycle,
  reopen,
  type Segment,
  seqAdd,
  seqLt,
  synCookie,
  timeWaitTakes,
} from "@synfin/core/tcp";
import { fourTuple } from "./address-check.ts";
import { onHandshakeAck, onSyn, type SynVerdict } from "./backlog.ts";
import { type Datagram, endsOf } from "./datagram.ts";
import type { HostTables } from "./host-tables.ts";
import { countsOf, type Listener, policyOf } from "./listener.ts";
import { createSocket, type Socket } from "./socket.ts";

/** What RFC 6528's clock gains in half a second. */
const ISS_STEP = 125_000;

/** What arrives at a listener, by the room that its backlog has (RFC 4987). */
export class AtListener {
  private readonly host: HostTables;

  constructor(host: HostTables) {
    this.host = host;
  }

  arrives(datagram: Datagram, listener: Listener, nowUs: number): void {
    if (!isPlainSyn(datagram.segment)) {
      if (!this.cookieReturns(datagram, listener, nowUs)) this.refuse(datagram, listener, nowUs);
      return;
    }
    const verdict = this.verdictOn(listener);
    if (verdict === "cookie") this.sendCookie(datagram, listener, nowUs);
    if (verdict === "replace") this.recycleOldest(listener);
    if (verdict === "take" || verdict === "replace") this.open(datagram, listener, nowUs);
  }

  /**
   * A SYN that TIME-WAIT takes opens a new connection in the old one's place
   * (MAY-2), which is remembered in case that it was an old duplicate.
   *
   * @returns whether nothing more is to be done about the segment
   */
  reopens(old: Socket, datagram: Datagram, listener: Listener, nowUs: number): boolean {
    const { options, connections, steps } = this.host;
    const { segment, flow } = datagram;
    const { params } = listener;
    if (!timeWaitTakes(old.tcb, segment, params)) return false;
    const verdict = this.verdictOn(listener);
    if (verdict === "drop" || verdict === "cookie") return true;
    if (verdict === "replace") this.recycleOldest(listener);
    const socket = createSocket(old, flow, params);
    Object.assign(socket.tcb, old.tcb);
    socket.former = { ...old.tcb };
    const iss = this.issAbove(old.tcb.sndNxt, socket, nowUs);
    clearOutbox(steps.out);
    reopen(socket.tcb, segment, iss, nowUs, params, steps.out);
    Object.assign(old.tcb, createTcb());
    options.listener.stepped(old);
    connections.set(socket);
    socket.sendBase = seqAdd(iss, 1);
    steps.finish(socket, datagram);
    return true;
  }

  /** §3.6.1: larger than the largest sequence number of the connection before. */
  private issAbove(sndNxt: number, socket: Socket, nowUs: number): number {
    const iss = this.host.options.chooseIss(socket.flow, socket, nowUs);
    return seqLt(sndNxt, iss) ? iss : seqAdd(sndNxt, ISS_STEP);
  }

  /** A host without a secret can make no cookies. */
  private verdictOn(listener: Listener): SynVerdict {
    const verdict = onSyn(policyOf(listener), countsOf(listener));
    const noSecret = this.host.options.cookieSecret === undefined;
    return verdict === "cookie" && noSecret ? "drop" : verdict;
  }

  private open(datagram: Datagram, { params }: Listener, nowUs: number): void {
    const { options, connections, steps } = this.host;
    const { segment, flow } = datagram;
    const socket = createSocket(endsOf(datagram), flow, params);
    const iss = options.chooseIss(flow, socket, nowUs);
    clearOutbox(steps.out);
    listenSegmentArrives(socket.tcb, segment, iss, nowUs, params, steps.out);
    connections.set(socket);
    socket.sendBase = seqAdd(iss, 1);
    steps.finish(socket, datagram);
  }

  /** What is no SYN that could open anything is answered by the letter of §3.10.7.2. */
  private refuse(datagram: Datagram, { params }: Listener, nowUs: number): void {
    const { steps } = this.host;
    clearOutbox(steps.out);
    listenSegmentArrives(createTcb(), datagram.segment, 0, nowUs, params, steps.out);
    steps.answerWithoutSocket(datagram);
  }

  private recycleOldest(listener: Listener): void {
    const [oldest] = listener.halfOpen;
    if (oldest === undefined) return;
    clearOutbox(this.host.steps.out);
    recycle(oldest.tcb, this.host.steps.out);
    this.host.steps.finish(oldest, undefined);
  }

  private sendCookie(datagram: Datagram, listener: Listener, nowUs: number): void {
    const { options, steps } = this.host;
    const { segment } = datagram;
    if (options.cookieSecret === undefined) return;
    const mss = segment.mss === 0 ? listener.params.defaultMss : segment.mss;
    const tuple = fourTuple(endsOf(datagram));
    const cookie = synCookie(tuple, segment.seq, mss, nowUs, options.cookieSecret);
    listener.cookieSentAtUs = nowUs;
    clearOutbox(steps.out);
    emitSynCookie(segment, cookie, listener.params, steps.out);
    steps.answerWithoutSocket(datagram);
  }

  /**
   * An ACK that may be of a cookie. Only while cookies have been sent lately:
   * otherwise no one could have one, and who guesses has no chance.
   *
   * @returns whether it was; what has a bad cookie is refused like any other ACK
   */
  private cookieReturns(datagram: Datagram, listener: Listener, nowUs: number): boolean {
    const { connections, steps } = this.host;
    const { segment, flow } = datagram;
    const mss = this.mssOfCookie(datagram, listener, nowUs);
    if (mss === undefined) return false;
    const verdict = onHandshakeAck(policyOf(listener), countsOf(listener));
    if (verdict !== "establish") return verdict === "ignore";
    const socket = createSocket(endsOf(datagram), flow, listener.params);
    clearOutbox(steps.out);
    openFromCookie(socket.tcb, segment, mss, nowUs, listener.params, steps.out);
    connections.set(socket);
    socket.sendBase = segment.ack;
    steps.finish(socket, datagram);
    return true;
  }

  private mssOfCookie(
    datagram: Datagram,
    { cookieSentAtUs }: Listener,
    nowUs: number,
  ): number | undefined {
    const { cookieSecret } = this.host.options;
    const { segment } = datagram;
    if (cookieSecret === undefined || !isPlainAck(segment)) return undefined;
    const lately = cookieSentAtUs !== NEVER && nowUs - cookieSentAtUs <= COOKIE_LIFETIME_US;
    if (!lately) return undefined;
    const [irs, cookie] = [seqAdd(segment.seq, -1), seqAdd(segment.ack, -1)];
    return cookieMss(fourTuple(endsOf(datagram)), irs, cookie, nowUs, cookieSecret);
  }
}

function controlsOf({ flags }: Readonly<Segment>): number {
  return flags & (Flag.SYN | Flag.ACK | Flag.RST);
}

function isPlainSyn(segment: Readonly<Segment>): boolean {
  return controlsOf(segment) === Flag.SYN && segment.badOption === 0;
}

function isPlainAck(segment: Readonly<Segment>): boolean {
  return controlsOf(segment) === Flag.ACK && segment.badOption === 0;
}
