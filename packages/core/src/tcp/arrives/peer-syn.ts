import type { TcpParams } from "../params.ts";
import type { Segment } from "../segment.ts";
import { seqAdd } from "../seq.ts";
import type { Tcb } from "../tcb.ts";

/**
 * What the peer's SYN tells us: where its sequence numbers begin, how much it
 * can take, and how large its segments may be. Text on a SYN is not taken;
 * RCV.NXT stays before it, so the peer sends it again.
 */
export function takePeerSyn(tcb: Tcb, segment: Segment, params: TcpParams): void {
  tcb.irs = segment.seq;
  tcb.rcvNxt = seqAdd(segment.seq, 1);
  tcb.sndMss = Math.min(segment.mss === 0 ? params.defaultMss : segment.mss, params.mss);
  takeWindow(tcb, segment);
}

/** SND.WND, SND.WL1 and SND.WL2 from a segment (§3.10.7.4, fifth). */
export function takeWindow(tcb: Tcb, segment: Segment): void {
  tcb.sndWnd = segment.window;
  tcb.sndWl1 = segment.seq;
  tcb.sndWl2 = segment.ack;
  if (tcb.sndWnd > tcb.sndMaxWnd) tcb.sndMaxWnd = tcb.sndWnd;
}
