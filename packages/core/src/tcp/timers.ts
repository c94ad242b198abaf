import type { TcpParams } from "./params.ts";
import { State } from "./state.ts";
import { NEVER, type Tcb } from "./tcb.ts";

/** RFC 6298 §5.1: start the retransmission timer unless it is running. */
export function startRetransmission(tcb: Tcb, nowUs: number): void {
  if (tcb.retransmitAtUs !== NEVER) return;
  tcb.waitingSinceUs = nowUs;
  tcb.retransmitAtUs = nowUs + tcb.rtoUs;
  tcb.userTimeoutAtUs = userTimeoutFrom(tcb, nowUs);
}

/** When the user timeout in force runs out for what is sent now (§3.9.1.1). */
export function userTimeoutFrom(tcb: Tcb, nowUs: number): number {
  return tcb.userTimeoutUs === 0 ? NEVER : nowUs + tcb.userTimeoutUs;
}

/** RFC 6298 §5.2: everything is acknowledged, and nothing has been waiting since any time. */
export function stopRetransmission(tcb: Tcb): void {
  tcb.retransmitAtUs = NEVER;
  tcb.waitingSinceUs = 0;
  tcb.userTimeoutAtUs = NEVER;
  tcb.retransmits = 0;
}

/** RFC 6298 §5.3: something new is acknowledged and more is waiting. */
export function restartRetransmission(tcb: Tcb, nowUs: number): void {
  stopRetransmission(tcb);
  startRetransmission(tcb, nowUs);
}

/** TIME-WAIT begins, or begins again: 2MSL from now, and no other timer (§3.10.7.4). */
export function startTimeWait(tcb: Tcb, nowUs: number, params: TcpParams): void {
  stopAllTimers(tcb);
  tcb.timeWaitAtUs = nowUs + 2 * params.mslUs;
}

/**
 * The states in which the idle time runs (§3.8.4). In those whose SYN or FIN
 * is outstanding it only runs on, so that it is there in the one that follows.
 */
function mayKeepAlive(state: State): boolean {
  return state >= State.SYN_SENT && state !== State.TIME_WAIT;
}

/** The peer was heard, or keep-alive was turned on or off: the idle time begins again. */
export function restartKeepAlive(tcb: Tcb, nowUs: number, params: TcpParams): void {
  tcb.keepAliveProbes = 0;
  const on = tcb.keepAlive === 1 && mayKeepAlive(tcb.state);
  tcb.keepAliveAtUs = on ? nowUs + keepAliveIdle(tcb, params) : NEVER;
}

/** RFC 5482 §4.2: beside its option, keep-alive waits longer than the user timeout. */
function keepAliveIdle(tcb: Tcb, params: TcpParams): number {
  if (params.advertisedUserTimeout === 0) return params.keepAliveIdleUs;
  return Math.max(params.keepAliveIdleUs, tcb.userTimeoutUs + 1);
}

/** The connection is gone, and its timers with it. */
export function stopAllTimers(tcb: Tcb): void {
  stopRetransmission(tcb);
  tcb.timeWaitAtUs = NEVER;
  tcb.ackAtUs = NEVER;
  tcb.keepAliveAtUs = NEVER;
  tcb.finWait2AtUs = NEVER;
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
  if (tcb.keepAliveAtUs !== NEVER && tcb.keepAliveAtUs < at) at = tcb.keepAliveAtUs;
  if (tcb.finWait2AtUs !== NEVER && tcb.finWait2AtUs < at) at = tcb.finWait2AtUs;
  return at;
}
