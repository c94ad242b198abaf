import { takesText } from "./arrives/text.ts";
import { assert } from "./assert.ts";
import { startWindow } from "./congestion.ts";
import { emitAbort, emitAck } from "./emit.ts";
import { checkTcb } from "./invariants.ts";
import { enter, type Outbox } from "./outbox.ts";
import type { TcpParams } from "./params.ts";
import { seqAdd, seqDiff } from "./seq.ts";
import { State } from "./state.ts";
import { resetTcb, type Tcb } from "./tcb.ts";
import { restartKeepAlive, stopAllTimers } from "./timers.ts";
import { Cause } from "./transitions.ts";
import { sendSyn, transmit } from "./transmit.ts";
import { synWindow, widenWindow, windowField } from "./window.ts";

/** What a user call answers at once: `ok`, or the error by RFC 9293's name. */
export type CallResult =
  | "ok"
  | "connection already exists"
  | "connection does not exist"
  | "connection closing"
  | "insufficient resources";

/** A quarter of the sequence space: more than this cannot be outstanding at once. */
const MAX_QUEUED = 0x3fff_ffff;

/**
 * Fills a TCB that is about to open: our ISS, an empty send space, an empty
 * receive buffer. What the caller has put into `tsOffset` stays.
 */
export function initialise(tcb: Tcb, iss: number, params: TcpParams): void {
  assert(Number.isInteger(iss) && iss >= 0 && iss <= 0xffff_ffff, "ISS is not a 32-bit number");
  resetTcb(tcb);
  tcb.iss = iss;
  tcb.sndUna = iss;
  tcb.sndNxt = seqAdd(iss, 1);
  tcb.sndEnd = tcb.sndNxt;
  tcb.sndMss = Math.min(params.defaultMss, params.mss);
  tcb.rcvBuf = params.receiveBuffer;
  tcb.rcvFree = tcb.rcvBuf;
  tcb.rcvWnd = synWindow(tcb);
  tcb.rtoUs = params.initialRtoUs;
  tcb.r2Us = params.r2Us;
  tcb.userTimeoutUs = params.userTimeoutUs;
  tcb.noDelay = 1 - params.nagle;
  startWindow(tcb, false, params);
}

/** OPEN, active, §3.10.1: sends `<SEQ=ISS><CTL=SYN>` and enters SYN-SENT. */
export function open(
  tcb: Tcb,
  iss: number,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): CallResult {
  if (tcb.state !== State.CLOSED) return "connection already exists";
  initialise(tcb, iss, params);
  enter(tcb, State.SYN_SENT, Cause.ACTIVE_OPEN, out);
  sendSyn(tcb, nowUs, params, out);
  checkTcb(tcb);
  return "ok";
}

/**
 * SEND, §3.10.2: `length` octets more to send. The machine counts them; the
 * caller keeps them until SND.UNA has passed. With `urgent`, SND.UP goes to
 * the end of them (MUST-30, MUST-31).
 */
export function send(
  tcb: Tcb,
  length: number,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
  urgent = false,
): CallResult {
  assert(Number.isInteger(length) && length > 0, "SEND needs a positive number of octets");
  if (tcb.state === State.CLOSED || tcb.state === State.LISTEN) return "connection does not exist";
  if (tcb.finQueued === 1) return "connection closing";
  if (seqDiff(tcb.sndEnd, tcb.sndUna) + length > MAX_QUEUED) return "insufficient resources";
  tcb.sndEnd = seqAdd(tcb.sndEnd, length);
  if (urgent) {
    tcb.sndUrgent = 1;
    tcb.sndUp = tcb.sndEnd;
  }
  transmit(tcb, nowUs, params, out);
  checkTcb(tcb);
  return "ok";
}

/**
 * RECEIVE, §3.10.3: the user has read `length` octets, so there is room again.
 * RCV.WND follows (§3.8.6.2.2), and the peer hears of it at once if it had
 * little room left.
 */
export function receive(
  tcb: Tcb,
  length: number,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): void {
  assert(tcb.rcvFree + length <= tcb.rcvBuf, "more was read than had been received");
  tcb.rcvFree += length;
  if (urgentAhead(tcb) <= 0) tcb.rcvUrgent = 0;
  const offered = windowField(tcb) * (1 << tcb.rcvScale);
  widenWindow(tcb, params);
  const news = windowField(tcb) * (1 << tcb.rcvScale) > offered;
  if (news && offered < params.mss && takesText(tcb.state)) emitAck(tcb, nowUs, params, out);
}

/**
 * How many octets up to the end of the urgent text the user has not read yet
 * (MUST-33); 0 or less where it has read them all, or there is none.
 */
export function urgentAhead(tcb: Tcb): number {
  if (tcb.rcvUrgent === 0) return 0;
  const unread = tcb.rcvBuf - tcb.rcvFree;
  return seqDiff(tcb.rcvUp, tcb.rcvNxt) + unread;
}

/** CLOSE, §3.10.4: "I have no more data to send." */
export function close(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): CallResult {
  if (tcb.state === State.CLOSED) return "connection does not exist";
  if (tcb.finQueued === 1) return "connection closing";
  switch (tcb.state) {
    case State.LISTEN:
    case State.SYN_SENT:
      enter(tcb, State.CLOSED, Cause.CLOSE, out);
      stopAllTimers(tcb);
      return "ok";
    case State.SYN_RECEIVED:
      tcb.finQueued = 1;
      // With text still queued, the FIN waits for ESTABLISHED.
      if (tcb.sndEnd === tcb.sndNxt) enter(tcb, State.FIN_WAIT_1, Cause.CLOSE, out);
      break;
    case State.ESTABLISHED:
      tcb.finQueued = 1;
      enter(tcb, State.FIN_WAIT_1, Cause.CLOSE, out);
      break;
    default:
      // CLOSE-WAIT: LAST-ACK begins when the FIN is sent. The others have closed before.
      assert(tcb.state === State.CLOSE_WAIT, "a closing state without a queued FIN");
      tcb.finQueued = 1;
  }
  transmit(tcb, nowUs, params, out);
  checkTcb(tcb);
  return "ok";
}

/**
 * CLOSE in both directions, as POSIX has it (MAY-1): beside `close`, no one
 * will read what still arrives. The connection is an orphan from now on.
 */
export function closeBoth(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): CallResult {
  tcb.orphan = 1;
  if (tcb.state === State.FIN_WAIT_2 && params.orphanFinWait2Us > 0) {
    tcb.finWait2AtUs = nowUs + params.orphanFinWait2Us;
  }
  return close(tcb, nowUs, params, out);
}

/** Turns keep-alive on or off for this connection (MUST-24, MUST-25: off by default). */
export function setKeepAlive(tcb: Tcb, on: boolean, nowUs: number, params: TcpParams): void {
  tcb.keepAlive = on ? 1 : 0;
  restartKeepAlive(tcb, nowUs, params);
}

/** ABORT, §3.10.5: a reset where the peer may still believe in the connection; then nothing. */
export function abort(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): CallResult {
  if (tcb.state === State.CLOSED) return "connection does not exist";
  if (tcb.state >= State.SYN_RECEIVED && tcb.state <= State.CLOSE_WAIT)
    emitAbort(tcb, nowUs, params, out);
  enter(tcb, State.CLOSED, Cause.ABORT, out);
  stopAllTimers(tcb);
  return "ok";
}
