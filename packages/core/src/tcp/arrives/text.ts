import { Flag } from "../flags.ts";
import type { Outbox } from "../outbox.ts";
import type { Segment } from "../segment.ts";
import { seqAdd, seqDiff } from "../seq.ts";
import { State } from "../state.ts";
import type { Tcb } from "../tcb.ts";
import { AckNeed } from "../transmit.ts";

/** Where the segment's text begins: after the SYN, if it has one. */
export function textStart(segment: Segment): number {
  return (segment.flags & Flag.SYN) !== 0 ? seqAdd(segment.seq, 1) : segment.seq;
}

function takesText(state: State): boolean {
  return state === State.ESTABLISHED || state === State.FIN_WAIT_1 || state === State.FIN_WAIT_2;
}

/**
 * §3.10.7.4, seventh, process the segment text. What lies outside the window
 * is trimmed off; what begins at RCV.NXT is taken; what begins later is
 * refused with an acknowledgment that says what is missing.
 */
export function processText(tcb: Tcb, segment: Segment, out: Outbox): AckNeed {
  if (segment.length === 0 || !takesText(tcb.state)) return AckNeed.NONE;
  const old = seqDiff(tcb.rcvNxt, textStart(segment));
  const taken = old < 0 ? 0 : Math.min(segment.length - old, tcb.rcvWnd);
  if (taken <= 0) return AckNeed.NOW;
  out.takenSeq = tcb.rcvNxt;
  out.takenLength = taken;
  tcb.rcvNxt = seqAdd(tcb.rcvNxt, taken);
  tcb.rcvWnd -= taken;
  tcb.rcvFree -= taken;
  tcb.rcvUnacked += taken;
  return AckNeed.SOON;
}
