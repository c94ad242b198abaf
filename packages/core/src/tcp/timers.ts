import type { TcpParams } from "./params.ts";
import { NEVER, type Tcb } from "./tcb.ts";

/** RFC 6298 §5.1: start the retransmission timer unless it is running. */
export function startRetransmission(tcb: Tcb, nowUs: number, params: TcpParams): void {
  if (tcb.retransmitAtUs !== NEVER) return;
  tcb.waitingSinceUs = nowUs;
  tcb.retransmitAtUs = nowUs + tcb.rtoUs;
  tcb.userTimeoutAtUs = params.userTimeoutUs === 0 ? NEVER : nowUs + params.userTimeoutUs;
}

/** RFC 6298 §5.2: everything is acknowledged. */
export function stopRetransmission(tcb: Tcb): void {
  tcb.retransmitAtUs = NEVER;
  tcb.userTimeoutAtUs = NEVER;
  tcb.retransmits = 0;
}

/** RFC 6298 §5.3: something new is acknowledged and more is waiting. */
export function restartRetransmission(tcb: Tcb, nowUs: number, params: TcpParams): void {
  stopRetransmission(tcb);
  startRetransmission(tcb, nowUs, params);
}

/** TIME-WAIT begins, or begins again: 2MSL from now, and no other timer (§3.10.7.4). */
export function startTimeWait(tcb: Tcb, nowUs: number, params: TcpParams): void {
  stopRetransmission(tcb);
  tcb.timeWaitAtUs = nowUs + 2 * params.mslUs;
}

/** The connection is gone, and its timers with it. */
export function stopAllTimers(tcb: Tcb): void {
  stopRetransmission(tcb);
  tcb.timeWaitAtUs = NEVER;
  tcb.ackAtUs = NEVER;
}

/**
 * When the machine next wants to be called: the earliest deadline in
 * microseconds, or `Infinity` while no timer runs.
 */
export function pollAt(tcb: Tcb): number {
  let at = Number.POSITIVE_INFINITY;
  if (tcb.retransmitAtUs !== NEVER && tcb.retransmitAtUs < at) at = tcb.retransmitAtUs;
  if (tcb.timeWaitAtUs !== NEVER && tcb.timeWaitAtUs < at) at = tcb.timeWaitAtUs;
  if (tcb.ackAtUs !== NEVER && tcb.ackAtUs < at) at = tcb.ackAtUs;
  if (tcb.userTimeoutAtUs !== NEVER && tcb.userTimeoutAtUs < at) at = tcb.userTimeoutAtUs;
  return at;
}
