import { Flag } from "../flags.ts";
import type { TcpParams } from "../params.ts";
import { type Segment, segmentLength } from "../segment.ts";
import { seqAdd, seqDiff } from "../seq.ts";
import type { Tcb } from "../tcb.ts";
import { isAckInRange } from "./ack.ts";

/** RCV.NXT =< seq < RCV.NXT+RCV.WND */
export function isInWindow(tcb: Tcb, seq: number): boolean {
  const offset = seqDiff(seq, tcb.rcvNxt);
  return offset >= 0 && offset < tcb.rcvWnd;
}

/**
 * The segment acceptability test, RFC 9293 §3.10.7.4 Table 6.
 *
 * | SEG.LEN | RCV.WND | test                                                |
 * |---------|---------|-----------------------------------------------------|
 * | 0       | 0       | SEG.SEQ = RCV.NXT                                   |
 * | 0       | >0      | RCV.NXT =< SEG.SEQ < RCV.NXT+RCV.WND                |
 * | >0      | 0       | not acceptable                                      |
 * | >0      | >0      | the first or the last octet is in the window        |
 */
export function isAcceptable(tcb: Tcb, segment: Segment): boolean {
  const length = segmentLength(segment);
  if (length === 0) {
    return tcb.rcvWnd === 0 ? segment.seq === tcb.rcvNxt : isInWindow(tcb, segment.seq);
  }
  return isInWindow(tcb, segment.seq) || isInWindow(tcb, seqAdd(segment.seq, length - 1));
}

/**
 * "If the RCV.WND is zero, no segments will be acceptable, but special
 * allowance should be made to accept valid ACKs, URGs, and RSTs" (MUST-66):
 * a segment at RCV.NXT is looked at all the same; its text is not taken.
 */
export function isAtShutWindow(tcb: Tcb, segment: Segment): boolean {
  return tcb.rcvWnd === 0 && segment.seq === tcb.rcvNxt;
}

/**
 * The same allowance for the ACK of a peer that probes our shut window: what
 * it sends comes after the probe's octet, which we have not taken (§3.8.6.1).
 */
export function isBehindProbe(tcb: Tcb, segment: Segment): boolean {
  const past = tcb.rcvWnd === 0 && segment.seq === seqAdd(tcb.rcvNxt, 1);
  return past && segmentLength(segment) === 0;
}

/** Whether this is the peer's FIN, the one already received, once more. */
export function isOldFin(tcb: Tcb, segment: Segment, params: TcpParams): boolean {
  const plain = (segment.flags & (Flag.SYN | Flag.RST | Flag.ACK)) === Flag.ACK;
  if (!plain || (segment.flags & Flag.FIN) === 0) return false;
  // One whose ACK the fifth step would discard is no one's FIN.
  if (!isAckInRange(tcb, segment.ack, params)) return false;
  return seqAdd(segment.seq, segment.length + 1) === tcb.rcvNxt;
}
