import { flightLimit } from "./congestion.ts";
import { emitAck, emitSyn, emitText } from "./emit.ts";
import { sackSize } from "./held.ts";
import { enter, type Outbox } from "./outbox.ts";
import type { TcpParams } from "./params.ts";
import { startTiming, stopTiming } from "./rto.ts";
import { seqAdd, seqDiff, seqLt } from "./seq.ts";
import { State } from "./state.ts";
import { NEVER, type Tcb } from "./tcb.ts";
import { startRetransmission } from "./timers.ts";
import { Cause } from "./transitions.ts";

/**
 * The states in which text and FIN go out. FIN-WAIT-1 and CLOSING are entered
 * when the user closes, which may be before all of its text has been sent; in
 * LAST-ACK all of it has, but may have to go again.
 */
function maySend(state: State): boolean {
  return (
    state === State.ESTABLISHED ||
    state === State.CLOSE_WAIT ||
    state === State.FIN_WAIT_1 ||
    state === State.CLOSING ||
    state === State.LAST_ACK
  );
}

/** How much more may be in flight: the peer's window or the network's; negative if it shrank. */
function usableWindow(tcb: Tcb): number {
  return Math.min(tcb.sndWnd, flightLimit(tcb)) - seqDiff(tcb.sndNxt, tcb.sndUna);
}

/** Octets that the user has handed over and that have not been sent. */
function unsentText(tcb: Tcb): number {
  return tcb.finSent === 1 ? 0 : seqDiff(tcb.sndEnd, tcb.sndNxt);
}

/** MUST-16: what fits beside the options that a segment of text carries now. */
function effectiveMss(tcb: Tcb): number {
  const stamped = tcb.tsOk === 1 ? tcb.sndMss - TIMESTAMPS_SIZE : tcb.sndMss;
  return tcb.heldCount === 0 ? stamped : stamped - sackSize(tcb);
}

/** Two NOPs and the option. */
const TIMESTAMPS_SIZE = 12;

/** Sends our SYN for the first time, from SYN-SENT or SYN-RECEIVED. */
export function sendSyn(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): void {
  emitSyn(tcb, nowUs, params, out);
  startTiming(tcb, tcb.sndNxt, nowUs);
  startRetransmission(tcb, nowUs);
}

/**
 * Sends whatever may be sent now: first what a timeout has put in doubt, then
 * text as far as the windows go, and the FIN after the last octet. Where
 * something waits and no acknowledgment is due that could free it, starts the
 * timer: of the zero-window probe (§3.8.6.1), or of the sender that waits for
 * a decent segment (§3.8.6.2.1).
 */
export function transmit(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): void {
  if (!maySend(tcb.state)) return;
  while (resendNext(tcb, nowUs, params, out)) {
    // Each turn sends one segment.
  }
  while (sendNext(tcb, nowUs, params, out)) {
    // Each turn sends one segment.
  }
  const waiting = unsentText(tcb) > 0 || (tcb.finQueued === 1 && tcb.finSent === 0);
  if (waiting && tcb.sndUna === tcb.sndNxt) startRetransmission(tcb, nowUs);
}

/** After a timeout, the next segment of those that went out before it (go-back-N). */
function resendNext(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): boolean {
  if (!seqLt(tcb.rexmitNxt, tcb.sndNxt)) return false;
  const room = Math.min(tcb.sndWnd, tcb.cwnd) - seqDiff(tcb.rexmitNxt, tcb.sndUna);
  if (room <= 0) return false;
  tcb.rexmitNxt = sendAgain(tcb, tcb.rexmitNxt, nowUs, params, out);
  return true;
}

function sendNext(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): boolean {
  const unsent = unsentText(tcb);
  const usable = usableWindow(tcb);
  const length = Math.min(unsent, effectiveMss(tcb), Math.max(0, usable));
  const fin = tcb.finQueued === 1 && tcb.finSent === 0 && length === unsent && usable > length;
  if (length === 0 && !fin) return false;
  if (!fin && !isDecent(tcb, length, unsent)) return false;
  sendFresh(tcb, length, fin, nowUs, params, out);
  return true;
}

/**
 * Sender's silly window avoidance and Nagle's algorithm (MUST-38, SHLD-7,
 * §3.8.6.2.1): a full segment; or all there is, if nothing is outstanding or
 * the user wants no delay; or half the largest window ever offered.
 */
function isDecent(tcb: Tcb, length: number, unsent: number): boolean {
  if (length >= effectiveMss(tcb)) return true;
  // Nagle's condition, in brackets in the text.
  if (tcb.sndUna !== tcb.sndNxt && tcb.noDelay === 0 && tcb.sndUrgent === 0) return false;
  return length === unsent || 2 * length >= tcb.sndMaxWnd;
}

/** Sends `length` octets from SND.NXT on for the first time, and the FIN after them if `fin`. */
function sendFresh(
  tcb: Tcb,
  length: number,
  fin: boolean,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): void {
  // MUST-61: the last segment of what the user has handed over carries PSH.
  const push = length > 0 && length === unsentText(tcb);
  emitText(tcb, tcb.sndNxt, length, fin, push, nowUs, params, out);
  const upToDate = tcb.rexmitNxt === tcb.sndNxt;
  tcb.sndNxt = seqAdd(tcb.sndNxt, length + (fin ? 1 : 0));
  if (upToDate) tcb.rexmitNxt = tcb.sndNxt;
  startTiming(tcb, tcb.sndNxt, nowUs);
  startRetransmission(tcb, nowUs);
  if (!fin) return;
  tcb.finSent = 1;
  // §3.10.4: CLOSE-WAIT lasts until the text has gone and the FIN is sent.
  if (tcb.state === State.CLOSE_WAIT) enter(tcb, State.LAST_ACK, Cause.CLOSE, out);
}

/**
 * Sends one segment from `seq` on once more: SYN, text, or FIN.
 *
 * @returns the sequence number after it.
 */
function sendAgain(tcb: Tcb, seq: number, nowUs: number, params: TcpParams, out: Outbox): number {
  if (tcb.synAcked === 0) {
    emitSyn(tcb, nowUs, params, out);
    return seqAdd(seq, 1);
  }
  const textEnd = tcb.finSent === 1 ? seqAdd(tcb.sndNxt, -1) : tcb.sndNxt;
  const outstanding = seqDiff(textEnd, seq);
  const length = Math.min(outstanding, effectiveMss(tcb));
  const end = seqAdd(seq, length);
  const fin = tcb.finSent === 1 && length === outstanding;
  const push = length > 0 && end === tcb.sndEnd;
  emitText(tcb, seq, length, fin, push, nowUs, params, out);
  return fin ? seqAdd(end, 1) : end;
}

/** §3.10.8: sends the front of the retransmission queue again. */
export function retransmitFront(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): void {
  // Karn's rule (MUST-18): an ACK could be of either copy.
  stopTiming(tcb);
  const end = sendAgain(tcb, tcb.sndUna, nowUs, params, out);
  if (seqLt(tcb.rexmitNxt, end)) tcb.rexmitNxt = end;
}

/**
 * The timer ran out with nothing outstanding. A shut window is probed with one
 * octet, or the FIN, past its edge (§3.8.6.1); a window that is open but small
 * gets what fits (§3.8.6.2.1, the override timeout).
 */
export function probe(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): void {
  const unsent = unsentText(tcb);
  const length = Math.min(unsent, effectiveMss(tcb), Math.max(1, usableWindow(tcb)));
  const fin = tcb.finQueued === 1 && tcb.finSent === 0 && unsent === 0;
  if (length > 0 || fin) sendFresh(tcb, length, fin, nowUs, params, out);
}

/** The most text that a segment of the peer's can carry: our MSS less its timestamps (SHLD-19). */
function fullSegment(tcb: Tcb, params: TcpParams): number {
  return tcb.tsOk === 1 ? params.mss - TIMESTAMPS_SIZE : params.mss;
}

/** Whether what has arrived needs an acknowledgment, and how soon. */
export const AckNeed = { NONE: 0, SOON: 1, NOW: 2 } as const;
export type AckNeed = (typeof AckNeed)[keyof typeof AckNeed];

/**
 * Sends what may be sent, and the acknowledgment that is due unless something
 * has just carried it (MUST-58). Where the parameters allow a delay and less
 * than two full segments wait, it waits up to `delayedAckUs` (§3.8.6.3).
 */
export function transmitAndAck(
  tcb: Tcb,
  need: AckNeed,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): void {
  const sentBefore = out.segmentCount;
  transmit(tcb, nowUs, params, out);
  if (need === AckNeed.NONE || out.segmentCount > sentBefore) return;
  const mayWait = need === AckNeed.SOON && params.delayedAckUs > 0;
  if (!mayWait || tcb.rcvUnacked >= 2 * fullSegment(tcb, params)) emitAck(tcb, nowUs, params, out);
  else if (tcb.ackAtUs === NEVER) tcb.ackAtUs = nowUs + params.delayedAckUs;
}
