import type { TcpParams } from "./params.ts";
import type { Tcb } from "./tcb.ts";

const WINDOW_FIELD_MAX = 65535;

/**
 * Receiver's silly window avoidance, §3.8.6.2.2 (MUST-39): RCV.WND follows the
 * room that there is in steps of a segment or half the buffer, whichever is
 * less; of a unit at least, where the field is scaled. It never moves its
 * right edge to the left (SHLD-14), and is never more than the field can say.
 */
export function widenWindow(tcb: Tcb, params: TcpParams): void {
  const most = WINDOW_FIELD_MAX * (1 << tcb.rcvScale);
  if (tcb.rcvFree > most) {
    tcb.rcvWnd = most;
    return;
  }
  const segment = Math.min(params.mss, Math.floor(params.receiveBuffer / 2));
  if (tcb.rcvFree - tcb.rcvWnd >= Math.max(segment, 1 << tcb.rcvScale)) tcb.rcvWnd = tcb.rcvFree;
}

/**
 * SEG.WND for RCV.WND. A scaled field says it in whole units only; what it
 * leaves out has been offered before and stays in the window (RFC 7323 §2.4).
 */
export function windowField(tcb: Tcb): number {
  return tcb.rcvWnd >>> tcb.rcvScale;
}

/** The most that a SYN can offer, whose window is never scaled (RFC 7323 §2.2). */
export function synWindow(tcb: Tcb): number {
  return Math.min(WINDOW_FIELD_MAX, tcb.rcvFree);
}
