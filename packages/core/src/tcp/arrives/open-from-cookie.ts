import { checkTcb } from "../invariants.ts";
import { enter, type Outbox, Signal, signal } from "../outbox.ts";
import type { TcpParams } from "../params.ts";
import type { Segment } from "../segment.ts";
import { seqAdd } from "../seq.ts";
import { State } from "../state.ts";
import type { Tcb } from "../tcb.ts";
import { Cause } from "../transitions.ts";
import { initialise } from "../user-calls.ts";
import { synAcknowledged } from "./ack.ts";
import { otherStatesSegmentArrives } from "./other-states.ts";
import { LEAST_MSS, takeWindow } from "./peer-syn.ts";

/**
 * The ACK of a SYN cookie arrives at a listener, and the cookie is good
 * (RFC 4987 §3.6). What the SYN said is read off this segment: IRS is one
 * before its sequence number, ISS one before its acknowledgment, and the MSS
 * is the cookie's. The SYN's other options are lost. `tcb`, a fresh one, is
 * ESTABLISHED at once; then the segment's own text and FIN are processed.
 */
export function openFromCookie(
  tcb: Tcb,
  segment: Segment,
  mss: number,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): void {
  initialise(tcb, seqAdd(segment.ack, -1), params);
  tcb.state = State.LISTEN;
  tcb.passive = 1;
  tcb.irs = seqAdd(segment.seq, -1);
  tcb.rcvNxt = segment.seq;
  tcb.lastAckSent = segment.seq;
  tcb.sndMss = Math.min(Math.max(LEAST_MSS, mss), params.mss);
  tcb.sndUna = segment.ack;
  takeWindow(tcb, segment);
  synAcknowledged(tcb, params);
  enter(tcb, State.ESTABLISHED, Cause.RCV_ACK_OF_COOKIE, out);
  signal(out, Signal.CONNECTED);
  otherStatesSegmentArrives(tcb, segment, nowUs, params, out);
  checkTcb(tcb);
}
