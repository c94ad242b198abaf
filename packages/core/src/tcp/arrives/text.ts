import { Flag } from "../flags.ts";
import { hold, keep, release } from "../held.ts";
import type { Outbox } from "../outbox.ts";
import type { TcpParams } from "../params.ts";
import type { Segment } from "../segment.ts";
import { seqAdd, seqDiff } from "../seq.ts";
import { State } from "../state.ts";
import type { Tcb } from "../tcb.ts";
import { AckNeed } from "../transmit.ts";

/** Where the segment's text begins: after the SYN, if it has one. */
export function textStart(segment: Segment): number {
  return (segment.flags & Flag.SYN) !== 0 ? seqAdd(segment.seq, 1) : segment.seq;
}

/** The states in which the peer may still send text. */
export function takesText(state: State): boolean {
  return state === State.ESTABLISHED || state === State.FIN_WAIT_1 || state === State.FIN_WAIT_2;
}

/**
 * §3.10.7.4, seventh, process the segment text. What lies outside the window
 * is trimmed off; what begins at RCV.NXT is taken, and with it what it joins
 * of the text held before; what begins later is held (SHLD-31), and
 * acknowledged at once, so that the peer learns what is missing (MAY-13).
 */
export function processText(tcb: Tcb, segment: Segment, out: Outbox): AckNeed {
  if (!takesText(tcb.state)) return AckNeed.NONE;
  const heldNeed = takeHeld(tcb, out);
  if (segment.length === 0) return heldNeed;
  const start = textStart(segment);
  const old = Math.max(0, seqDiff(tcb.rcvNxt, start));
  const from = seqAdd(start, old);
  const ahead = seqDiff(from, tcb.rcvNxt);
  const length = Math.min(segment.length - old, tcb.rcvWnd - ahead);
  if (length <= 0) return AckNeed.NOW;
  if (ahead > 0) {
    if (hold(tcb, from, seqAdd(from, length))) keep(out, from, length);
    return AckNeed.NOW;
  }
  keep(out, from, length);
  const filledGap = tcb.heldCount > 0;
  take(tcb, release(tcb, seqAdd(from, length)), out);
  return filledGap ? AckNeed.NOW : AckNeed.SOON;
}

/**
 * Text that came on a SYN is due once the connection is established, whatever
 * the segment carries that establishes it: it may be text from further on.
 */
function takeHeld(tcb: Tcb, out: Outbox): AckNeed {
  if (tcb.heldCount === 0) return AckNeed.NONE;
  const end = release(tcb, tcb.rcvNxt);
  if (end === tcb.rcvNxt) return AckNeed.NONE;
  take(tcb, end, out);
  return AckNeed.SOON;
}

/** "If there are other controls or text in the segment, queue them" (§3.10.7.3). */
export function holdSynText(tcb: Tcb, segment: Segment, params: TcpParams, out: Outbox): void {
  const length = Math.min(segment.length, tcb.rcvWnd);
  const end = seqAdd(tcb.rcvNxt, length);
  if (length > 0 && hold(tcb, tcb.rcvNxt, end)) keep(out, tcb.rcvNxt, length);
  const fin = (segment.flags & Flag.FIN) !== 0 && length === segment.length;
  if (!fin || params.synKeepsFin === 0) return;
  tcb.heldFin = 1;
  tcb.heldFinSeq = end;
}

/** RCV.NXT advances over text that the user may now have. */
function take(tcb: Tcb, end: number, out: Outbox): void {
  const taken = seqDiff(end, tcb.rcvNxt);
  // The text of a SYN may have been taken in the same step: this goes on from there.
  if (out.takenLength === 0) out.takenSeq = tcb.rcvNxt;
  out.takenLength += taken;
  tcb.rcvNxt = end;
  tcb.rcvWnd -= taken;
  tcb.rcvFree -= taken;
  tcb.rcvUnacked += taken;
}
