import { onAck, onDuplicateAck, startWindow } from "../congestion.ts";
import { emitChallengeAck, emitResetFor } from "../emit.ts";
import { enter, type Outbox, Signal, signal } from "../outbox.ts";
import type { TcpParams } from "../params.ts";
import { finishTiming } from "../rto.ts";
import { type Segment, segmentLength } from "../segment.ts";
import { seqDiff, seqLe, seqLt } from "../seq.ts";
import { State } from "../state.ts";
import { NEVER, type Tcb } from "../tcb.ts";
import {
  restartRetransmission,
  startTimeWait,
  stopAllTimers,
  stopRetransmission,
  userTimeoutFrom,
} from "../timers.ts";
import { sampleEcho } from "../timestamps.ts";
import { Cause } from "../transitions.ts";
import { retransmitFront } from "../transmit.ts";
import { roundReceiveBuffer } from "../window.ts";
import { takeWindow } from "./peer-syn.ts";

/**
 * §3.10.7.4, fifth, check the ACK field. The ACK bit is on.
 *
 * @returns whether the segment is to be processed further.
 */
export function checkAck(
  tcb: Tcb,
  segment: Segment,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): boolean {
  if (tcb.state === State.SYN_RECEIVED && !completeHandshake(tcb, segment, out)) return false;
  if (!isAckInRange(tcb, segment.ack, params)) {
    emitChallengeAck(tcb, nowUs, params, out);
    return false;
  }
  const wasShut = tcb.sndWnd === 0;
  if (seqLt(tcb.sndUna, segment.ack)) newlyAcknowledged(tcb, segment, nowUs, params, out);
  else if (isDuplicate(tcb, segment)) {
    if (onDuplicateAck(tcb)) retransmitFront(tcb, nowUs, params, out);
  }
  updateWindow(tcb, segment, nowUs);
  // What went out past a shut window was not taken; its timer may be a minute away.
  if (wasShut && tcb.sndWnd > 0 && tcb.sndUna !== tcb.sndNxt) {
    retransmitFront(tcb, nowUs, params, out);
  }
  return finAcknowledged(tcb, nowUs, params, out);
}

/** SYN-RECEIVED: SND.UNA < SEG.ACK =< SND.NXT makes it ESTABLISHED; anything else draws a RST. */
function completeHandshake(tcb: Tcb, segment: Segment, out: Outbox): boolean {
  if (!seqLt(tcb.sndUna, segment.ack) || !seqLe(segment.ack, tcb.sndNxt)) {
    emitResetFor(segment, out);
    return false;
  }
  takeWindow(tcb, segment);
  enter(tcb, State.ESTABLISHED, Cause.RCV_ACK_OF_SYN, out);
  signal(out, Signal.CONNECTED);
  // A CLOSE that was waiting for its text to be sent takes effect now (§3.10.4).
  if (tcb.finQueued === 1) enter(tcb, State.FIN_WAIT_1, Cause.CLOSE, out);
  return true;
}

/**
 * An ACK of something not yet sent is never acceptable; with RFC 5961 §5, one
 * older than the largest window ever offered is not either (MAY-12).
 */
export function isAckInRange(tcb: Tcb, ack: number, params: TcpParams): boolean {
  if (seqLt(tcb.sndNxt, ack)) return false;
  return params.rfc5961 === 0 || seqDiff(tcb.sndUna, ack) <= tcb.sndMaxWnd;
}

/**
 * SND.WND counts from SND.UNA, so it shrinks as that advances: an old segment
 * with a new ACK may not set the window (it fails the test on SND.WL1), and
 * must not move its right edge past what the peer has offered either (§3.8.6).
 */
function keepRightEdge(tcb: Tcb, ack: number): void {
  tcb.sndWnd = Math.max(0, tcb.sndWnd - seqDiff(ack, tcb.sndUna));
}

/** RFC 5681 §2: says nothing new, carries nothing, and something is outstanding. */
function isDuplicate(tcb: Tcb, segment: Segment): boolean {
  if (segment.ack !== tcb.sndUna || tcb.sndUna === tcb.sndNxt) return false;
  return segmentLength(segment) === 0 && segment.window * (1 << tcb.sndScale) === tcb.sndWnd;
}

function newlyAcknowledged(
  tcb: Tcb,
  segment: Segment,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): void {
  const acked = seqDiff(segment.ack, tcb.sndUna);
  const opening = tcb.synAcked === 0;
  keepRightEdge(tcb, segment.ack);
  acknowledge(tcb, segment, nowUs, params);
  if (!opening && onAck(tcb, acked)) retransmitFront(tcb, nowUs, params, out);
}

/** SND.UNA advances; RFC 6298's timer stops, or starts again for what is left. */
export function acknowledge(tcb: Tcb, segment: Segment, nowUs: number, params: TcpParams): void {
  sampleEcho(tcb, segment, nowUs, params);
  finishTiming(tcb, segment.ack, nowUs, params);
  if (tcb.synAcked === 0) synAcknowledged(tcb, params);
  tcb.sndUna = segment.ack;
  if (seqLe(tcb.sndUp, tcb.sndUna)) tcb.sndUrgent = 0;
  if (tcb.sndUna === tcb.sndNxt) stopRetransmission(tcb);
  else if (isLaterPartialAck(tcb)) stillAlive(tcb, nowUs);
  else restartRetransmission(tcb, nowUs);
}

/**
 * RFC 6582 §3.2 step 3: only the first partial acknowledgment of a recovery
 * restarts the timer, so that many losses in one window end in a timeout and
 * not in one round trip for each.
 */
function isLaterPartialAck(tcb: Tcb): boolean {
  return tcb.fastRecovery === 2 && seqLt(tcb.sndUna, tcb.recover);
}

/** RFC 6298 §5.7: a SYN that timed out leaves no sample, and 1 s may be too short. */
export function synAcknowledged(tcb: Tcb, params: TcpParams): void {
  tcb.synAcked = 1;
  const timedOut = tcb.retransmits > 0;
  if (timedOut && params.initialRtoUs < params.rtoAfterLostSynUs) {
    tcb.rtoUs = params.rtoAfterLostSynUs;
  }
  startWindow(tcb, timedOut, params);
  if (params.receiveBufferRounds === 1) roundReceiveBuffer(tcb, params);
}

/** The send window, unless the segment is older than the one that last set it. */
function updateWindow(tcb: Tcb, segment: Segment, nowUs: number): void {
  if (seqLt(segment.ack, tcb.sndUna)) return;
  const newer =
    seqLt(tcb.sndWl1, segment.seq) ||
    (tcb.sndWl1 === segment.seq && seqLe(tcb.sndWl2, segment.ack));
  if (newer) takeWindow(tcb, segment);
  if (tcb.sndWnd === 0) stillAlive(tcb, nowUs);
  // The timer of a probe that never went out; what is sent now starts its own.
  else if (tcb.sndUna === tcb.sndNxt) stopRetransmission(tcb);
}

/** MUST-37: a peer that answers our probes is alive, however long its window stays shut. */
function stillAlive(tcb: Tcb, nowUs: number): void {
  if (tcb.retransmitAtUs === NEVER) return;
  tcb.waitingSinceUs = nowUs;
  if (tcb.userTimeoutAtUs !== NEVER) tcb.userTimeoutAtUs = userTimeoutFrom(tcb, nowUs);
}

/** What an acknowledgment of our FIN means in each state that has sent one. */
function finAcknowledged(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): boolean {
  if (tcb.finSent === 0 || tcb.sndUna !== tcb.sndNxt) return true;
  switch (tcb.state) {
    case State.FIN_WAIT_1:
      enter(tcb, State.FIN_WAIT_2, Cause.RCV_ACK_OF_FIN, out);
      signal(out, Signal.CLOSED);
      if (tcb.orphan === 1 && params.orphanFinWait2Us > 0) {
        tcb.finWait2AtUs = nowUs + params.orphanFinWait2Us;
      }
      return true;
    case State.CLOSING:
      enter(tcb, State.TIME_WAIT, Cause.RCV_ACK_OF_FIN, out);
      signal(out, Signal.CLOSED);
      startTimeWait(tcb, nowUs, params);
      return true;
    case State.LAST_ACK:
      enter(tcb, State.CLOSED, Cause.RCV_ACK_OF_FIN, out);
      signal(out, Signal.CLOSED);
      stopAllTimers(tcb);
      return false;
    default:
      return true;
  }
}
