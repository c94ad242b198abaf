import { emitResetFor, emitSyn } from "../emit.ts";
import { Flag } from "../flags.ts";
import { enter, type Outbox, Signal, signal } from "../outbox.ts";
import type { TcpParams } from "../params.ts";
import { stopTiming } from "../rto.ts";
import type { Segment } from "../segment.ts";
import { seqLe, seqLt } from "../seq.ts";
import { State } from "../state.ts";
import type { Tcb } from "../tcb.ts";
import { restartKeepAlive, stopAllTimers } from "../timers.ts";
import { Cause } from "../transitions.ts";
import { AckNeed, transmitAndAck } from "../transmit.ts";
import { acknowledge } from "./ack.ts";
import { checkFin } from "./fin.ts";
import { takePeerSyn, takeUserTimeout } from "./peer-syn.ts";
import { holdSynText, processText } from "./text.ts";
import { checkUrgent } from "./urgent.ts";

/** §3.10.7.3, SYN-SENT. */
export function synSentSegmentArrives(
  tcb: Tcb,
  segment: Segment,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): void {
  // First, check the ACK bit.
  const hasAck = (segment.flags & Flag.ACK) !== 0;
  if (hasAck && (seqLe(segment.ack, tcb.iss) || seqLt(tcb.sndNxt, segment.ack))) {
    emitResetFor(segment, out);
    return;
  }
  // Second, check the RST bit; it counts only with an acceptable ACK.
  if ((segment.flags & Flag.RST) !== 0) {
    if (hasAck) refused(tcb, out);
    return;
  }
  // Third, security: we have none. Fourth, check the SYN bit. Fifth, neither: drop.
  if ((segment.flags & Flag.SYN) === 0) return;
  restartKeepAlive(tcb, nowUs, params);
  takePeerSyn(tcb, segment, nowUs, params);
  if (hasAck) {
    if (segment.userTimeout >= 0) takeUserTimeout(tcb, segment, params);
    synAcknowledged(tcb, segment, nowUs, params, out);
  } else {
    crossedSyn(tcb, segment, nowUs, params, out);
    if (segment.userTimeout >= 0) takeUserTimeout(tcb, segment, params);
  }
}

function refused(tcb: Tcb, out: Outbox): void {
  signal(out, Signal.REFUSED);
  enter(tcb, State.CLOSED, Cause.RCV_RST, out);
  stopAllTimers(tcb);
}

/** Our SYN is acknowledged: ESTABLISHED, an ACK, and on with the sixth step of §3.10.7.4. */
function synAcknowledged(
  tcb: Tcb,
  segment: Segment,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): void {
  acknowledge(tcb, segment, nowUs, params);
  enter(tcb, State.ESTABLISHED, Cause.RCV_SYN_ACK, out);
  signal(out, Signal.CONNECTED);
  if ((segment.flags & Flag.URG) !== 0) checkUrgent(tcb, segment, out);
  processText(tcb, segment, out);
  checkFin(tcb, segment, nowUs, params, out);
  // The ACK of the peer's SYN does not wait, but text of ours may carry it.
  transmitAndAck(tcb, AckNeed.NOW, nowUs, params, out);
}

/**
 * A SYN without an ACK: simultaneous open, §3.5 Figure 7. Our SYN goes out a
 * second time, now with an ACK, so its round trip is not timed (Karn).
 */
function crossedSyn(
  tcb: Tcb,
  segment: Segment,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): void {
  enter(tcb, State.SYN_RECEIVED, Cause.RCV_SYN, out);
  stopTiming(tcb);
  emitSyn(tcb, nowUs, params, out);
  // Not started anew: that our SYN has timed out, and since when it waits, still counts.
  tcb.retransmitAtUs = nowUs + tcb.rtoUs;
  holdSynText(tcb, segment, params, out);
}
