import { type Outbox, Signal, signal } from "../outbox.ts";
import type { Segment } from "../segment.ts";
import { seqAdd, seqLt } from "../seq.ts";
import type { Tcb } from "../tcb.ts";
import { takesText, textStart } from "./text.ts";

/**
 * §3.10.7.4, sixth, the URG bit is set: RCV.UP <- max(RCV.UP, SEG.UP), and the
 * user hears of it whenever the pointer advances (MUST-32). The pointer is the
 * offset of the octet after the urgent text (MUST-62).
 */
export function checkUrgent(tcb: Tcb, segment: Segment, out: Outbox): void {
  if (!takesText(tcb.state)) return;
  const up = seqAdd(textStart(segment), segment.urgentPointer);
  const ahead = tcb.rcvUrgent === 1 ? seqLt(tcb.rcvUp, up) : seqLt(tcb.rcvNxt, up);
  if (!ahead) return;
  tcb.rcvUp = up;
  tcb.rcvUrgent = 1;
  signal(out, Signal.URGENT);
}
