import { Flag } from "../flags.ts";
import { enter, type Outbox, Signal, signal } from "../outbox.ts";
import type { TcpParams } from "../params.ts";
import type { Segment } from "../segment.ts";
import { seqAdd } from "../seq.ts";
import { State } from "../state.ts";
import type { Tcb } from "../tcb.ts";
import { startTimeWait } from "../timers.ts";
import { Cause } from "../transitions.ts";
import { AckNeed } from "../transmit.ts";
import { textStart } from "./text.ts";

/**
 * §3.10.7.4, eighth, check the FIN bit. A FIN counts only once everything
 * before it has been received, and only inside the window.
 */
export function checkFin(
  tcb: Tcb,
  segment: Segment,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): AckNeed {
  if ((segment.flags & Flag.FIN) === 0) return AckNeed.NONE;
  const finSeq = seqAdd(textStart(segment), segment.length);
  if (finSeq !== tcb.rcvNxt || tcb.rcvWnd === 0) return AckNeed.NOW;
  switch (tcb.state) {
    case State.ESTABLISHED:
      takeFin(tcb, State.CLOSE_WAIT, out);
      // The user may close at once, and then one segment says both (§3.6).
      return AckNeed.SOON;
    case State.FIN_WAIT_1:
      takeFin(tcb, State.CLOSING, out);
      return AckNeed.NOW;
    case State.FIN_WAIT_2:
      takeFin(tcb, State.TIME_WAIT, out);
      startTimeWait(tcb, nowUs, params);
      return AckNeed.NOW;
    default:
      // CLOSE-WAIT, CLOSING, LAST-ACK, TIME-WAIT: a second FIN, beyond the first, is no one's.
      return AckNeed.NOW;
  }
}

function takeFin(tcb: Tcb, to: State, out: Outbox): void {
  tcb.rcvNxt = seqAdd(tcb.rcvNxt, 1);
  signal(out, Signal.PEER_CLOSED);
  enter(tcb, to, Cause.RCV_FIN, out);
}
