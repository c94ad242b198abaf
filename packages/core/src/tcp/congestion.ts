import type { TcpParams } from "./params.ts";
import { seqDiff, seqLe, seqLt } from "./seq.ts";
import type { Tcb } from "./tcb.ts";

/**
 * Congestion control, MUST-19: slow start, congestion avoidance, fast
 * retransmit and fast recovery of RFC 5681, with the partial acknowledgments
 * of RFC 6582 (NewReno), and the limited transmit of RFC 3042. The rest of the
 * machine asks it four things: how much may be in flight, and what an
 * acknowledgment, a duplicate of one, and a timeout mean for that.
 */

/** The third duplicate in a row means a loss (RFC 5681 §3.2). */
const DUPLICATES = 3;

/** RFC 5681 §3.1: two to four segments, or what the parameters say; one after a lost SYN. */
export function startWindow(tcb: Tcb, synTimedOut: boolean, params: TcpParams): void {
  const smss = tcb.sndMss;
  const byRfc5681 = smss > 2190 ? 2 : smss > 1095 ? 3 : 4;
  const segments = synTimedOut ? 1 : params.initialWindow || byRfc5681;
  tcb.cwnd = segments * smss;
  tcb.ssthresh = 0x3fff_ffff;
  tcb.dupAcks = 0;
  tcb.fastRecovery = 0;
  tcb.recover = tcb.iss;
  tcb.rexmitNxt = tcb.sndNxt;
}

/**
 * How much new text may be in flight: the congestion window, and a segment
 * more for each of the first two duplicate acknowledgments, which say that a
 * segment has left the network (limited transmit, RFC 5681 §3.2 step 1). CWND
 * stays as it is.
 */
export function flightLimit(tcb: Tcb): number {
  if (tcb.dupAcks === 0 || tcb.dupAcks >= DUPLICATES || tcb.fastRecovery !== 0) return tcb.cwnd;
  return tcb.cwnd + tcb.dupAcks * tcb.sndMss;
}

/** RFC 5681 (4): half of what is in flight, at least two segments. */
function halve(tcb: Tcb, flight: number): void {
  tcb.ssthresh = Math.max(Math.floor(flight / 2), 2 * tcb.sndMss);
}

/**
 * SND.UNA has advanced by `acked` octets.
 *
 * @returns whether the segment at SND.UNA is to be sent again at once: a
 * partial acknowledgment during fast recovery (RFC 6582 §3.2, step 3).
 */
export function onAck(tcb: Tcb, acked: number): boolean {
  tcb.dupAcks = 0;
  if (seqLt(tcb.rexmitNxt, tcb.sndUna)) tcb.rexmitNxt = tcb.sndUna;
  if (tcb.fastRecovery !== 0) return onRecoveryAck(tcb, acked);
  if (tcb.cwnd < tcb.ssthresh) tcb.cwnd += Math.min(acked, tcb.sndMss);
  // RFC 5681 (3): about one segment a round trip.
  else tcb.cwnd += Math.max(1, Math.floor((tcb.sndMss * tcb.sndMss) / tcb.cwnd));
  return false;
}

function onRecoveryAck(tcb: Tcb, acked: number): boolean {
  if (seqLe(tcb.recover, tcb.sndUna)) {
    const flight = seqDiff(tcb.sndNxt, tcb.sndUna);
    tcb.cwnd = Math.min(tcb.ssthresh, Math.max(flight, tcb.sndMss) + tcb.sndMss);
    tcb.fastRecovery = 0;
    return false;
  }
  tcb.fastRecovery = 2;
  tcb.cwnd = Math.max(tcb.sndMss, tcb.cwnd - acked) + (acked >= tcb.sndMss ? tcb.sndMss : 0);
  return true;
}

/**
 * An acknowledgment came that acknowledges nothing new.
 *
 * @returns whether the segment at SND.UNA is to be sent again at once.
 */
export function onDuplicateAck(tcb: Tcb): boolean {
  tcb.dupAcks += 1;
  if (tcb.fastRecovery !== 0) {
    tcb.cwnd += tcb.sndMss;
    return false;
  }
  // RFC 6582 §3.2 step 1: not a second time for what an earlier loss explains.
  if (tcb.dupAcks !== DUPLICATES || !seqLt(tcb.recover, tcb.sndUna)) return false;
  // RFC 5681 §3.2 step 2: what limited transmit has sent beyond the window does not count.
  halve(tcb, Math.min(tcb.cwnd, seqDiff(tcb.sndNxt, tcb.sndUna)));
  tcb.recover = tcb.sndNxt;
  tcb.fastRecovery = 1;
  tcb.cwnd = tcb.ssthresh + DUPLICATES * tcb.sndMss;
  return true;
}

/** RFC 5681 §3.1: back to one segment, and everything from SND.UNA on may be lost. */
export function onTimeout(tcb: Tcb): void {
  if (tcb.retransmits === 0) halve(tcb, seqDiff(tcb.sndNxt, tcb.sndUna));
  tcb.cwnd = tcb.sndMss;
  tcb.dupAcks = 0;
  tcb.fastRecovery = 0;
  // RFC 6582 §3.2 step 4.
  tcb.recover = tcb.sndNxt;
  tcb.rexmitNxt = tcb.sndUna;
}
