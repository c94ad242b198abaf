import { emitAck, emitChallengeAck, emitResetFor, emitResetWithAck } from "../emit.ts";
import { Flag } from "../flags.ts";
import { enter, type Outbox, Signal, signal } from "../outbox.ts";
import type { TcpParams } from "../params.ts";
import { createSegment, type Segment, segmentLength } from "../segment.ts";
import { seqAdd, seqDiff } from "../seq.ts";
import { State } from "../state.ts";
import type { Tcb } from "../tcb.ts";
import { restartKeepAlive, startTimeWait, stopAllTimers } from "../timers.ts";
import { checkPaws, noteTimestamp, Paws } from "../timestamps.ts";
import { Cause } from "../transitions.ts";
import { AckNeed, transmitAndAck } from "../transmit.ts";
import {
  isAcceptable,
  isAtShutWindow,
  isBehindProbe,
  isInWindow,
  isOldFin,
} from "./acceptability.ts";
import { checkAck } from "./ack.ts";
import { checkFin } from "./fin.ts";
import { takeUserTimeout } from "./peer-syn.ts";
import { processText, textStart } from "./text.ts";
import { checkUrgent } from "./urgent.ts";

/** §3.10.7.4, Other States: SYN-RECEIVED and the synchronized ones, in the text's order. */
export function otherStatesSegmentArrives(
  tcb: Tcb,
  arrived: Segment,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): void {
  const segment = trimCrossedSyn(tcb, arrived, params);
  if (isSilencedSyn(tcb, segment, params)) return;
  if (!checkTimestamps(tcb, segment, nowUs, params, out)) return;
  if (!checkSequence(tcb, segment, nowUs, params, out)) return;
  noteTimestamp(tcb, segment, nowUs);
  if (tcb.keepAlive === 1) restartKeepAlive(tcb, nowUs, params);
  if ((segment.flags & Flag.RST) !== 0) {
    checkReset(tcb, segment, nowUs, params, out);
    return;
  }
  // Third, check security: we have none.
  if ((segment.flags & Flag.SYN) !== 0) {
    checkSyn(tcb, segment, nowUs, params, out);
    return;
  }
  if ((segment.flags & Flag.ACK) === 0) return;
  if (!checkAck(tcb, segment, nowUs, params, out)) return;
  if (tcb.state === State.CLOSING) {
    // Our FIN is not acknowledged: "otherwise, ignore the segment". Text of ours may go out now.
    transmitAndAck(tcb, AckNeed.NONE, nowUs, params, out);
    return;
  }
  if (segment.userTimeout >= 0) takeUserTimeout(tcb, segment, params);
  if (textAfterClose(tcb, segment, params, out)) return;
  if ((segment.flags & Flag.URG) !== 0) checkUrgent(tcb, segment, out);
  const textNeed = processText(tcb, segment, out);
  const finNeed = checkFin(tcb, segment, nowUs, params, out);
  transmitAndAck(tcb, Math.max(textNeed, finNeed) as AckNeed, nowUs, params, out);
}

/** RFC 6191 §2: a SYN that TIME-WAIT does not take is dropped in silence, whatever its stamps. */
function isSilencedSyn(tcb: Tcb, segment: Segment, params: TcpParams): boolean {
  if (tcb.state !== State.TIME_WAIT || params.timeWaitSilent === 0) return false;
  return (segment.flags & (Flag.SYN | Flag.RST)) === Flag.SYN;
}

const trimmed: Segment = createSegment();

/** The named departure `trimCrossedSyn`, see `TcpParams`. */
function trimCrossedSyn(tcb: Tcb, segment: Segment, params: TcpParams): Segment {
  if (tcb.state !== State.SYN_RECEIVED || params.trimCrossedSyn === 0) return segment;
  const crossed = Flag.SYN | Flag.ACK;
  if ((segment.flags & (crossed | Flag.RST)) !== crossed) return segment;
  if (tcb.passive === 1 || segment.seq !== tcb.irs) return segment;
  Object.assign(trimmed, segment);
  trimmed.seq = seqAdd(segment.seq, 1);
  trimmed.flags = segment.flags & ~Flag.SYN;
  // RFC 7323 §2.2: the window of a SYN,ACK is never scaled; this makes up for the shift to come.
  trimmed.window = segment.window / (1 << tcb.sndScale);
  return trimmed;
}

/** PAWS comes before the sequence number (RFC 7323 §5.3). @returns whether to go on. */
function checkTimestamps(
  tcb: Tcb,
  segment: Segment,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): boolean {
  const paws = checkPaws(tcb, segment, nowUs);
  if (paws === Paws.OLD) emitAck(tcb, nowUs, params, out);
  return paws === Paws.GOOD;
}

/** First, check the sequence number. @returns whether to go on. */
function checkSequence(
  tcb: Tcb,
  segment: Segment,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): boolean {
  if ((segment.flags & Flag.RST) !== 0) {
    // By its own number alone (§3.10.7.4, second), whatever text it carries.
    return isInWindow(tcb, segment.seq) || isAtShutWindow(tcb, segment);
  }
  if (isAcceptable(tcb, segment)) return true;
  if (isAtShutWindow(tcb, segment) && (segment.flags & Flag.SYN) === 0) return true;
  if (isBehindProbe(tcb, segment)) return true;
  answerUnacceptable(tcb, segment, nowUs, params, out);
  const oldFin = tcb.state === State.TIME_WAIT && isOldFin(tcb, segment, params);
  if (oldFin && params.oldFinRestartsTimeWait === 1) startTimeWait(tcb, nowUs, params);
  return false;
}

/**
 * `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>`. What carries nothing, or a SYN, is
 * answered no more often than a challenge: two ends whose numbers do not fit
 * would otherwise answer each other's answers for ever (RFC 5961 §7).
 */
function answerUnacceptable(
  tcb: Tcb,
  segment: Segment,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): void {
  const mayLoop = segmentLength(segment) === 0 || (segment.flags & Flag.SYN) !== 0;
  if (mayLoop) emitChallengeAck(tcb, nowUs, params, out);
  else emitAck(tcb, nowUs, params, out);
}

/** Second, check the RST bit. The sequence number is in the window. */
function checkReset(
  tcb: Tcb,
  segment: Segment,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): void {
  if (tcb.state === State.TIME_WAIT && params.rfc1337 === 1) return;
  if (params.rfc5961 === 1 && segment.seq !== tcb.rcvNxt) {
    emitChallengeAck(tcb, nowUs, params, out);
    return;
  }
  resetConnection(tcb, Cause.RCV_RST, out);
}

/** Fourth, check the SYN bit. The sequence number is in the window. */
function checkSyn(tcb: Tcb, segment: Segment, nowUs: number, params: TcpParams, out: Outbox): void {
  const passiveOpening = tcb.state === State.SYN_RECEIVED && tcb.passive === 1;
  if (!passiveOpening && params.rfc5961 === 1) {
    emitChallengeAck(tcb, nowUs, params, out);
    return;
  }
  if (passiveOpening) {
    // Back to LISTEN, silently.
  } else if (params.synResetCarriesAck === 1) emitResetWithAck(tcb, out);
  else emitResetFor(segment, out);
  resetConnection(tcb, Cause.RCV_SYN_IN_WINDOW, out);
}

/** The connection ends here; who is told depends on the state (§3.5.3, §3.10.7.4). */
export function resetConnection(tcb: Tcb, cause: Cause, out: Outbox): void {
  const backToListen = tcb.state === State.SYN_RECEIVED && tcb.passive === 1;
  if (tcb.state === State.SYN_RECEIVED) {
    if (!backToListen) signal(out, Signal.REFUSED);
  } else if (tcb.state <= State.CLOSE_WAIT) {
    signal(out, Signal.RESET);
  }
  enter(tcb, backToListen ? State.LISTEN : State.CLOSED, cause, out);
  stopAllTimers(tcb);
}

/**
 * SHLD-3: new text for a user who has closed both ways will be read by no
 * one; a RST says that it is lost.
 */
function textAfterClose(tcb: Tcb, segment: Segment, params: TcpParams, out: Outbox): boolean {
  if (tcb.orphan === 0 || params.resetAfterClose === 0 || segment.length === 0) return false;
  if (tcb.state !== State.FIN_WAIT_1 && tcb.state !== State.FIN_WAIT_2) return false;
  const end = seqAdd(textStart(segment), segment.length);
  if (seqDiff(end, tcb.rcvNxt) <= 0) return false;
  emitResetFor(segment, out);
  enter(tcb, State.CLOSED, Cause.TEXT_AFTER_CLOSE, out);
  stopAllTimers(tcb);
  return true;
}
