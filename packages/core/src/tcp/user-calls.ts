import { assert } from "./assert.ts";
import { emitAbort, emitAck } from "./emit.ts";
import { checkTcb } from "./invariants.ts";
import { enter, type Outbox } from "./outbox.ts";
import type { TcpParams } from "./params.ts";
import { seqAdd, seqDiff } from "./seq.ts";
import { State } from "./state.ts";
import { createTcb, type Tcb } from "./tcb.ts";
import { stopAllTimers } from "./timers.ts";
import { Cause } from "./transitions.ts";
import { sendSyn, transmit } from "./transmit.ts";

/** What a user call answers at once: `ok`, or the error by RFC 9293's name. */
export type CallResult =
  | "ok"
  | "connection already exists"
  | "connection does not exist"
  | "connection closing"
  | "insufficient resources";

/** Half of the sequence space: more than this cannot be outstanding at once. */
const MAX_QUEUED = 0x3fff_ffff;

/** Fills a TCB that is about to open: our ISS, an empty send space, an empty receive buffer. */
export function initialise(tcb: Tcb, iss: number, params: TcpParams): void {
  assert(Number.isInteger(iss) && iss >= 0 && iss <= 0xffff_ffff, "ISS is not a 32-bit number");
  Object.assign(tcb, BLANK);
  tcb.iss = iss;
  tcb.sndUna = iss;
  tcb.sndNxt = seqAdd(iss, 1);
  tcb.sndEnd = tcb.sndNxt;
  tcb.sndMss = Math.min(params.defaultMss, params.mss);
  tcb.rcvWnd = params.receiveBuffer;
  tcb.rcvFree = params.receiveBuffer;
  tcb.rtoUs = params.initialRtoUs;
}

const BLANK: Readonly<Tcb> = createTcb();

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
 * caller keeps them until SND.UNA has passed.
 */
export function send(
  tcb: Tcb,
  length: number,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): CallResult {
  assert(Number.isInteger(length) && length > 0, "SEND needs a positive number of octets");
  if (tcb.state === State.CLOSED || tcb.state === State.LISTEN) return "connection does not exist";
  if (tcb.finQueued === 1) return "connection closing";
  if (seqDiff(tcb.sndEnd, tcb.sndUna) + length > MAX_QUEUED) return "insufficient resources";
  tcb.sndEnd = seqAdd(tcb.sndEnd, length);
  transmit(tcb, nowUs, params, out);
  checkTcb(tcb);
  return "ok";
}

/**
 * RECEIVE, §3.10.3: the user has read `length` octets, so there is room again.
 * RCV.WND follows in steps of a segment or half the buffer, whichever is less
 * (§3.8.6.2.2), and the peer hears of it at once if it had little room left.
 */
export function receive(tcb: Tcb, length: number, params: TcpParams, out: Outbox): void {
  assert(tcb.rcvFree + length <= params.receiveBuffer, "more was read than had been received");
  tcb.rcvFree += length;
  const gain = tcb.rcvFree - tcb.rcvWnd;
  if (gain < Math.min(params.mss, Math.floor(params.receiveBuffer / 2))) return;
  const wasTight = tcb.rcvWnd < params.mss;
  tcb.rcvWnd = tcb.rcvFree;
  if (wasTight && expectsText(tcb.state)) emitAck(tcb, out);
}

function expectsText(state: State): boolean {
  return state === State.ESTABLISHED || state === State.FIN_WAIT_1 || state === State.FIN_WAIT_2;
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

/** ABORT, §3.10.5: a reset where the peer may still believe in the connection; then nothing. */
export function abort(tcb: Tcb, out: Outbox): CallResult {
  if (tcb.state === State.CLOSED) return "connection does not exist";
  if (tcb.state >= State.SYN_RECEIVED && tcb.state <= State.CLOSE_WAIT) emitAbort(tcb, out);
  enter(tcb, State.CLOSED, Cause.ABORT, out);
  stopAllTimers(tcb);
  return "ok";
}
