import { isAcceptable } from "./arrives/acceptability.ts";
import { otherStatesSegmentArrives, resetConnection } from "./arrives/other-states.ts";
import { synSentSegmentArrives } from "./arrives/syn-sent.ts";
import { assert } from "./assert.ts";
import { emitResetFor } from "./emit.ts";
import { Flag } from "./flags.ts";
import { checkTcb } from "./invariants.ts";
import type { Outbox } from "./outbox.ts";
import type { TcpParams } from "./params.ts";
import type { Segment } from "./segment.ts";
import { seqLe, seqLt } from "./seq.ts";
import { State } from "./state.ts";
import type { Tcb } from "./tcb.ts";
import { Cause } from "./transitions.ts";

/**
 * SEGMENT ARRIVES, RFC 9293 §3.10.7, for a connection that has a TCB. Where
 * there is none, call `closedSegmentArrives`; where only a listener matches,
 * `listenSegmentArrives`.
 */
export function segmentArrives(
  tcb: Tcb,
  segment: Segment,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): void {
  assert(tcb.state > State.LISTEN, "a segment for a TCB that holds no connection");
  checkTcb(tcb);
  if (segment.badOption === 1) badOption(tcb, segment, params, out);
  else if (tcb.state === State.SYN_SENT) synSentSegmentArrives(tcb, segment, nowUs, params, out);
  else otherStatesSegmentArrives(tcb, segment, nowUs, params, out);
  checkTcb(tcb);
}

/** MUST-7: an option of illegal length is survived; the segment is dropped, or resets. */
function badOption(tcb: Tcb, segment: Segment, params: TcpParams, out: Outbox): void {
  if (params.badOptionResets === 0 || !mayBeThePeers(tcb, segment)) return;
  emitResetFor(segment, out);
  resetConnection(tcb, Cause.BAD_OPTION, out);
}

/**
 * Whether the segment's numbers fit the connection. Others come from anyone,
 * and an option must not give them a force that a RST in their place lacks.
 */
function mayBeThePeers(tcb: Tcb, segment: Segment): boolean {
  if ((segment.flags & Flag.RST) !== 0) return false;
  if (tcb.state !== State.SYN_SENT) return isAcceptable(tcb, segment);
  if ((segment.flags & Flag.ACK) === 0) return (segment.flags & Flag.SYN) !== 0;
  return seqLt(tcb.iss, segment.ack) && seqLe(segment.ack, tcb.sndNxt);
}
