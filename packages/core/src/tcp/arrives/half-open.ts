import { Flag } from "../flags.ts";
import { enter, type Outbox } from "../outbox.ts";
import type { Segment } from "../segment.ts";
import { seqLe, seqLt } from "../seq.ts";
import { State } from "../state.ts";
import type { Tcb } from "../tcb.ts";
import { stopAllTimers } from "../timers.ts";
import { Cause } from "../transitions.ts";
import { isAcceptable } from "./acceptability.ts";

/**
 * Whether this segment would take a half-open connection to ESTABLISHED, which
 * its listener may have no room for: SND.UNA < SEG.ACK =< SND.NXT, in the
 * window (§3.10.7.4).
 */
export function completesHandshake(tcb: Tcb, segment: Segment): boolean {
  if (tcb.state !== State.SYN_RECEIVED || tcb.passive === 0) return false;
  if ((segment.flags & (Flag.SYN | Flag.ACK | Flag.RST)) !== Flag.ACK) return false;
  const acked = seqLt(tcb.sndUna, segment.ack) && seqLe(segment.ack, tcb.sndNxt);
  return acked && segment.badOption === 0 && isAcceptable(tcb, segment);
}

/**
 * A half-open connection gives way to a newer SYN (RFC 4987 §3.4). Its peer
 * is told nothing: most likely there is none.
 */
export function recycle(tcb: Tcb, out: Outbox): void {
  enter(tcb, State.CLOSED, Cause.RECYCLED, out);
  stopAllTimers(tcb);
}
