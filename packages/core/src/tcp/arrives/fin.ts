import { Flag } from "../flags.ts";
import { enter, type Outbox, Signal, signal } from "../outbox.ts";
import type { TcpParams } from "../params.ts";
import type { Segment } from "../segment.ts";
import { seqAdd, seqDiff, seqLt } from "../seq.ts";
import { State } from "../state.ts";
import type { Tcb } from "../tcb.ts";
import { startTimeWait } from "../timers.ts";
import { Cause } from "../transitions.ts";
import { AckNeed } from "../transmit.ts";
import { takesText, textStart } from "./text.ts";

/**
 * §3.10.7.4, eighth, check the FIN bit. A FIN counts only once everything
 * before it has been received, and only inside the window; one that has come
 * early is held like text.
 */
export function checkFin(
  tcb: Tcb,
  segment: Segment,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): AckNeed {
  const carried = (segment.flags & Flag.FIN) !== 0;
  if (carried) {
    const finSeq = seqAdd(textStart(segment), segment.length);
    if (finSeq !== tcb.rcvNxt) holdFin(tcb, finSeq);
    else if (tcb.rcvWnd > 0) return takeFin(tcb, nowUs, params, out);
  }
  if (tcb.heldFin === 1 && tcb.heldFinSeq === tcb.rcvNxt) return takeFin(tcb, nowUs, params, out);
  // Text went on past it: it was no one's, and must not count when the numbers come round again.
  if (seqLt(tcb.heldFinSeq, tcb.rcvNxt)) tcb.heldFin = 0;
  return carried ? AckNeed.NOW : AckNeed.NONE;
}

/** A FIN in the window, with something missing before it. */
function holdFin(tcb: Tcb, finSeq: number): void {
  const ahead = seqDiff(finSeq, tcb.rcvNxt);
  if (!takesText(tcb.state) || ahead < 0 || ahead >= tcb.rcvWnd) return;
  tcb.heldFin = 1;
  tcb.heldFinSeq = finSeq;
}

function takeFin(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): AckNeed {
  tcb.heldFin = 0;
  switch (tcb.state) {
    case State.ESTABLISHED:
      advance(tcb, State.CLOSE_WAIT, out);
      // The user may close at once, and then one segment says both (§3.6).
      return AckNeed.SOON;
    case State.FIN_WAIT_1:
      advance(tcb, State.CLOSING, out);
      return AckNeed.NOW;
    case State.FIN_WAIT_2:
      advance(tcb, State.TIME_WAIT, out);
      startTimeWait(tcb, nowUs, params);
      return AckNeed.NOW;
    case State.TIME_WAIT:
      startTimeWait(tcb, nowUs, params);
      return AckNeed.NOW;
    default:
      // CLOSE-WAIT, LAST-ACK: a second FIN, beyond the first, is no one's.
      return AckNeed.NOW;
  }
}

function advance(tcb: Tcb, to: State, out: Outbox): void {
  tcb.rcvNxt = seqAdd(tcb.rcvNxt, 1);
  // Text from beyond the FIN is no one's, and no SACK block should go on telling of it.
  tcb.heldCount = 0;
  signal(out, Signal.PEER_CLOSED);
  enter(tcb, to, Cause.RCV_FIN, out);
}
