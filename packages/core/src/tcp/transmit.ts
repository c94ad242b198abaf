import { emitAck, emitSyn, emitText } from "./emit.ts";
import { enter, type Outbox } from "./outbox.ts";
import type { TcpParams } from "./params.ts";
import { startTiming } from "./rto.ts";
import { seqAdd, seqDiff } from "./seq.ts";
import { State } from "./state.ts";
import { NEVER, type Tcb } from "./tcb.ts";
import { startRetransmission } from "./timers.ts";
import { Cause } from "./transitions.ts";

/**
 * The states in which text and FIN go out. FIN-WAIT-1 and CLOSING are entered
 * when the user closes, which may be before all of its text has been sent.
 */
function maySendText(state: State): boolean {
  return (
    state === State.ESTABLISHED ||
    state === State.CLOSE_WAIT ||
    state === State.FIN_WAIT_1 ||
    state === State.CLOSING
  );
}

/** How much the peer's window still takes; negative where the window has shrunk. */
function usableWindow(tcb: Tcb): number {
  return tcb.sndWnd - seqDiff(tcb.sndNxt, tcb.sndUna);
}

/** Octets that the user has handed over and that have not been sent. */
function unsentText(tcb: Tcb): number {
  return tcb.finSent === 1 ? 0 : seqDiff(tcb.sndEnd, tcb.sndNxt);
}

/** Sends our SYN for the first time, from SYN-SENT or SYN-RECEIVED. */
export function sendSyn(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): void {
  emitSyn(tcb, params, out);
  startTiming(tcb, tcb.sndNxt, nowUs);
  startRetransmission(tcb, nowUs, params);
}

/**
 * Sends whatever may be sent now: text as far as the peer's window goes, in
 * segments of at most SND.MSS, and the FIN after the last octet. Where the
 * window is shut, starts the timer that will probe it (§3.8.6.1).
 */
export function transmit(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): void {
  if (!maySendText(tcb.state)) return;
  while (sendNext(tcb, nowUs, params, out)) {
    // Each turn sends one segment.
  }
  const waiting = unsentText(tcb) > 0 || (tcb.finQueued === 1 && tcb.finSent === 0);
  if (waiting && usableWindow(tcb) <= 0) startRetransmission(tcb, nowUs, params);
}

function sendNext(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): boolean {
  const unsent = unsentText(tcb);
  const usable = usableWindow(tcb);
  const length = Math.min(unsent, tcb.sndMss, Math.max(0, usable));
  const fin = tcb.finQueued === 1 && tcb.finSent === 0 && length === unsent && usable > length;
  if (length === 0 && !fin) return false;
  sendFresh(tcb, length, fin, nowUs, params, out);
  return true;
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
  emitText(tcb, tcb.sndNxt, length, fin, push, out);
  tcb.sndNxt = seqAdd(tcb.sndNxt, length + (fin ? 1 : 0));
  startTiming(tcb, tcb.sndNxt, nowUs);
  startRetransmission(tcb, nowUs, params);
  if (!fin) return;
  tcb.finSent = 1;
  // §3.10.4: CLOSE-WAIT lasts until the text has gone and the FIN is sent.
  if (tcb.state === State.CLOSE_WAIT) enter(tcb, State.LAST_ACK, Cause.CLOSE, out);
}

/** §3.10.8: sends the front of the retransmission queue again: SYN, text, or FIN. */
export function retransmitFront(tcb: Tcb, params: TcpParams, out: Outbox): void {
  if (tcb.sndUna === tcb.iss) {
    emitSyn(tcb, params, out);
    return;
  }
  const textEnd = tcb.finSent === 1 ? seqAdd(tcb.sndNxt, -1) : tcb.sndNxt;
  const outstanding = seqDiff(textEnd, tcb.sndUna);
  const length = Math.min(outstanding, tcb.sndMss);
  const last = length === outstanding;
  emitText(tcb, tcb.sndUna, length, last && tcb.finSent === 1, length > 0 && last, out);
}

/** §3.8.6.1: one octet, or the FIN, past the edge of a window that is shut. */
export function probe(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): void {
  if (unsentText(tcb) > 0) sendFresh(tcb, 1, false, nowUs, params, out);
  else if (tcb.finQueued === 1 && tcb.finSent === 0) sendFresh(tcb, 0, true, nowUs, params, out);
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
  if (!mayWait || tcb.rcvUnacked >= 2 * params.mss) emitAck(tcb, out);
  else if (tcb.ackAtUs === NEVER) tcb.ackAtUs = nowUs + params.delayedAckUs;
}
