import type { TcpParams } from "./params.ts";
import type { Tcb } from "./tcb.ts";

/** The most that the window field can say. */
export const WINDOW_FIELD_MAX = 65535;

/**
 * Receiver's silly window avoidance, §3.8.6.2.2 (MUST-39): RCV.WND follows the
 * room that there is in steps of a segment or half the buffer, whichever is
 * less; of a unit at least, where the field is scaled. It never moves its
 * right edge to the left (SHLD-14), and is never more than the field can say.
 */
export function widenWindow(tcb: Tcb, params: TcpParams): void {
  const sayable = WINDOW_FIELD_MAX * (1 << tcb.rcvScale);
  const most = params.acceptsUnoffered === 1 ? tcb.rcvBuf : sayable;
  if (tcb.rcvFree > sayable) {
    tcb.rcvWnd = Math.min(most, tcb.rcvFree);
    return;
  }
  const segment = Math.min(params.mss, Math.floor(tcb.rcvBuf / 2));
  if (tcb.rcvFree - tcb.rcvWnd >= Math.max(segment, 1 << tcb.rcvScale)) tcb.rcvWnd = tcb.rcvFree;
}

/** The receive buffer becomes a whole number of the peer's segments, as FreeBSD has it. */
export function roundReceiveBuffer(tcb: Tcb, params: TcpParams): void {
  const more = (tcb.sndMss - (tcb.rcvBuf % tcb.sndMss)) % tcb.sndMss;
  tcb.rcvBuf += more;
  tcb.rcvFree += more;
  widenWindow(tcb, params);
}

/**
 * SEG.WND for RCV.WND. A scaled field says it in whole units only; what it
 * leaves out has been offered before and stays in the window (RFC 7323 §2.4).
 */
export function windowField(tcb: Tcb): number {
  return Math.min(WINDOW_FIELD_MAX, tcb.rcvWnd >>> tcb.rcvScale);
}

/** RCV.WND of a connection that opens: what our SYN can offer, unscaled (RFC 7323 §2.2). */
export function synWindow(tcb: Tcb): number {
  return Math.min(WINDOW_FIELD_MAX, tcb.rcvFree);
}
