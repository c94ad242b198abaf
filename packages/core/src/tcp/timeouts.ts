import { emitAck } from "./emit.ts";
import { checkTcb } from "./invariants.ts";
import { enter, type Outbox, Signal, signal } from "./outbox.ts";
import type { TcpParams } from "./params.ts";
import { backOff, stopTiming } from "./rto.ts";
import { State } from "./state.ts";
import { NEVER, type Tcb } from "./tcb.ts";
import { stopAllTimers } from "./timers.ts";
import { Cause } from "./transitions.ts";
import { probe, retransmitFront } from "./transmit.ts";

/**
 * TIMEOUTS, §3.10.8: does what every deadline at or before `nowUs` asks for.
 * Call it at `pollAt(tcb)`; earlier calls do nothing.
 */
export function timeouts(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): void {
  if (isDue(tcb.timeWaitAtUs, nowUs)) timeWaitTimeout(tcb, out);
  if (isDue(tcb.userTimeoutAtUs, nowUs)) giveUp(tcb, Cause.USER_TIMEOUT, out);
  if (isDue(tcb.retransmitAtUs, nowUs)) retransmissionTimeout(tcb, nowUs, params, out);
  // A retransmission that has just gone out carried the acknowledgment along.
  if (isDue(tcb.ackAtUs, nowUs)) emitAck(tcb, out);
  checkTcb(tcb);
}

function isDue(deadlineUs: number, nowUs: number): boolean {
  return deadlineUs !== NEVER && deadlineUs <= nowUs;
}

/** TIME-WAIT TIMEOUT: delete the TCB, enter CLOSED. */
function timeWaitTimeout(tcb: Tcb, out: Outbox): void {
  enter(tcb, State.CLOSED, Cause.TIME_WAIT_TIMEOUT, out);
  stopAllTimers(tcb);
}

/** USER TIMEOUT, and R2 of §3.8.3: the connection is aborted and the user is told. */
function giveUp(tcb: Tcb, cause: Cause, out: Outbox): void {
  signal(out, Signal.TIMED_OUT);
  enter(tcb, State.CLOSED, cause, out);
  stopAllTimers(tcb);
}

/** RETRANSMISSION TIMEOUT: the front of the queue again, and a timer twice as long. */
function retransmissionTimeout(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): void {
  const synUnacknowledged = tcb.sndUna === tcb.iss;
  const r2Us = synUnacknowledged ? params.synR2Us : params.r2Us;
  if (nowUs - tcb.waitingSinceUs >= r2Us) {
    giveUp(tcb, Cause.R2_TIMEOUT, out);
    return;
  }
  tcb.retransmits += 1;
  if (tcb.retransmits === params.r1Retransmissions) signal(out, Signal.R1_REACHED);
  stopTiming(tcb);
  backOff(tcb, params);
  tcb.retransmitAtUs = nowUs + tcb.rtoUs;
  if (tcb.sndUna === tcb.sndNxt) probe(tcb, nowUs, params, out);
  else retransmitFront(tcb, params, out);
}
