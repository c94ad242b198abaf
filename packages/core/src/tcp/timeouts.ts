import { onTimeout } from "./congestion.ts";
import { emitAck, emitKeepAlive } from "./emit.ts";
import { checkTcb } from "./invariants.ts";
import { enter, type Outbox, Signal, signal } from "./outbox.ts";
import type { TcpParams } from "./params.ts";
import { backOff } from "./rto.ts";
import { State } from "./state.ts";
import { NEVER, type Tcb } from "./tcb.ts";
import { restartKeepAlive, stopAllTimers } from "./timers.ts";
import { Cause } from "./transitions.ts";
import { probe, retransmitFront } from "./transmit.ts";

/**
 * TIMEOUTS, §3.10.8: does what every deadline at or before `nowUs` asks for.
 * Call it at `pollAt(tcb)`; earlier calls do nothing.
 */
export function timeouts(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): void {
  if (isDue(tcb.timeWaitAtUs, nowUs)) end(tcb, Cause.TIME_WAIT_TIMEOUT, out);
  if (isDue(tcb.finWait2AtUs, nowUs)) end(tcb, Cause.FIN_WAIT_2_TIMEOUT, out);
  if (isDue(tcb.userTimeoutAtUs, nowUs)) giveUp(tcb, Cause.USER_TIMEOUT, out);
  if (isDue(tcb.retransmitAtUs, nowUs)) retransmissionTimeout(tcb, nowUs, params, out);
  if (isDue(tcb.keepAliveAtUs, nowUs)) keepAliveTimeout(tcb, nowUs, params, out);
  // A retransmission that has just gone out carried the acknowledgment along.
  if (isDue(tcb.ackAtUs, nowUs)) emitAck(tcb, nowUs, params, out);
  checkTcb(tcb);
}

function isDue(deadlineUs: number, nowUs: number): boolean {
  return deadlineUs !== NEVER && deadlineUs <= nowUs;
}

/** TIME-WAIT TIMEOUT, and that of an orphan in FIN-WAIT-2: delete the TCB, enter CLOSED. */
function end(tcb: Tcb, cause: Cause, out: Outbox): void {
  enter(tcb, State.CLOSED, cause, out);
  stopAllTimers(tcb);
}

/** USER TIMEOUT, and R2 of §3.8.3: the connection is aborted and the user is told. */
function giveUp(tcb: Tcb, cause: Cause, out: Outbox): void {
  signal(out, Signal.TIMED_OUT);
  end(tcb, cause, out);
}

/** RETRANSMISSION TIMEOUT: the front of the queue again, and a timer twice as long. */
function retransmissionTimeout(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): void {
  const opening = tcb.synAcked === 0;
  if (nowUs - tcb.waitingSinceUs >= (opening ? openingR2Us(tcb, params) : r2Us(tcb, params))) {
    giveUp(tcb, Cause.R2_TIMEOUT, out);
    return;
  }
  const outstanding = tcb.sndUna !== tcb.sndNxt;
  if (outstanding && !opening) onTimeout(tcb);
  tcb.retransmits += 1;
  if (tcb.retransmits === params.r1Retransmissions) signal(out, Signal.R1_REACHED);
  const linear = opening && tcb.passive === 0 && tcb.retransmits <= params.synLinear;
  if (!linear) backOff(tcb, params);
  tcb.retransmitAtUs = nowUs + tcb.rtoUs + params.rtoSlopUs;
  if (opening && tcb.passive === 0 && params.synR2Exact === 1) {
    tcb.retransmitAtUs = Math.min(tcb.retransmitAtUs, tcb.waitingSinceUs + params.synR2Us);
  }
  if (outstanding) retransmitFront(tcb, nowUs, params, out);
  else probe(tcb, nowUs, params, out);
}

/** R2 of a SYN (MUST-23), or of the SYN,ACK of a connection that is half-open (RFC 4987 §3.3). */
function openingR2Us(tcb: Tcb, params: TcpParams): number {
  return tcb.passive === 1 ? params.synAckR2Us : params.synR2Us;
}

/** R2 of text or a FIN; that of an orphan may be shorter. */
function r2Us(tcb: Tcb, params: TcpParams): number {
  return tcb.orphan === 1 && params.orphanR2Us > 0 ? params.orphanR2Us : tcb.r2Us;
}

/**
 * §3.8.4: a probe after an idle time, and more of them at a shorter interval
 * until one is answered; only so many without an answer end the connection.
 */
function keepAliveTimeout(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): void {
  // MUST-26: only while nothing is outstanding; then the retransmission timer watches.
  if (tcb.sndUna !== tcb.sndNxt) {
    restartKeepAlive(tcb, nowUs, params);
    return;
  }
  if (tcb.keepAliveProbes >= params.keepAliveProbes) {
    giveUp(tcb, Cause.KEEP_ALIVE_TIMEOUT, out);
    return;
  }
  tcb.keepAliveProbes += 1;
  tcb.keepAliveAtUs = nowUs + params.keepAliveIntervalUs;
  emitKeepAlive(tcb, nowUs, params, out);
}
