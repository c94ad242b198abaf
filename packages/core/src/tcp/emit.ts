import { Flag } from "./flags.ts";
import { addSackBlocks } from "./held.ts";
import { nextSegment, type Outbox } from "./outbox.ts";
import type { TcpParams } from "./params.ts";
import { clearOptions, type Segment, segmentLength } from "./segment.ts";
import { seqAdd, seqDiff, seqLt } from "./seq.ts";
import { State } from "./state.ts";
import { NEVER, type Tcb } from "./tcb.ts";
import { stampClock, stampSegment } from "./timestamps.ts";
import { WINDOW_FIELD_MAX, widenWindow, windowField } from "./window.ts";

const URGENT_POINTER_MAX = 65535;

function emit(out: Outbox, seq: number, ack: number, flags: number, length: number): Segment {
  const segment = nextSegment(out);
  segment.seq = seq;
  segment.ack = ack;
  segment.flags = flags;
  segment.window = 0;
  segment.urgentPointer = 0;
  segment.length = length;
  clearOptions(segment);
  return segment;
}

/** A segment of the connection that acknowledges everything received so far. */
function emitWithAck(
  tcb: Tcb,
  seq: number,
  flags: number,
  length: number,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): Segment {
  const segment = emit(out, seq, tcb.rcvNxt, flags | Flag.ACK, length);
  segment.optionLayout = params.optionLayout;
  widenWindow(tcb, params);
  segment.window = windowField(tcb);
  stampSegment(tcb, segment, nowUs, params);
  if (tcb.heldCount > 0) addSackBlocks(tcb, segment);
  tcb.lastAckSent = tcb.rcvNxt;
  tcb.ackAtUs = NEVER;
  tcb.rcvUnacked = 0;
  return segment;
}

/**
 * Our SYN: `<SEQ=ISS><CTL=SYN>` from SYN-SENT, `<SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK>`
 * once the peer's has come. Always with the MSS option (MUST-14, MAY-3). A
 * SYN offers what the parameters ask for, a SYN,ACK what the peer offered, too.
 * Its window is never scaled (RFC 7323 §2.2).
 */
export function emitSyn(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): void {
  const first = tcb.state === State.SYN_SENT;
  const segment = first
    ? emit(out, tcb.iss, 0, Flag.SYN, 0)
    : emitWithAck(tcb, tcb.iss, Flag.SYN, 0, nowUs, params, out);
  segment.optionLayout = params.optionLayout;
  segment.window = Math.min(WINDOW_FIELD_MAX, tcb.rcvWnd);
  segment.mss = params.mss;
  segment.windowScale = first || tcb.scaleOk === 1 ? params.windowScale : -1;
  segment.sackPermitted = first || tcb.sackOk === 1 ? params.sack : 0;
  if (first && params.timestamps === 1) {
    segment.hasTimestamps = 1;
    segment.tsVal = stampClock(tcb, nowUs, params);
  }
  if (params.advertisedUserTimeout > 0) segment.userTimeout = params.advertisedUserTimeout;
}

/**
 * A SYN,ACK without a connection behind it: `<SEQ=cookie><ACK=SEG.SEQ+1><CTL=SYN,ACK>`
 * (RFC 4987 §3.6). With the MSS option alone: whatever else it offered, no one
 * would remember. It is never sent again.
 */
export function emitSynCookie(
  segment: Segment,
  cookie: number,
  params: TcpParams,
  out: Outbox,
): void {
  const answer = emit(out, cookie, seqAdd(segment.seq, 1), Flag.SYN | Flag.ACK, 0);
  answer.optionLayout = params.optionLayout;
  answer.window = Math.min(WINDOW_FIELD_MAX, params.receiveBuffer);
  answer.mss = params.mss;
}

/** `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>` */
export function emitAck(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): void {
  emitWithAck(tcb, tcb.sndNxt, 0, 0, nowUs, params, out);
}

/**
 * The same, where what arrived may be forged: no more than `challengeAcks` of
 * them within `challengeWindowUs` (RFC 5961 §7).
 */
export function emitChallengeAck(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): void {
  if (params.challengeAcks > 0) {
    if (nowUs - tcb.challengeSinceUs >= params.challengeWindowUs) {
      tcb.challengeSinceUs = nowUs;
      tcb.challenges = 0;
    }
    if (tcb.challenges >= params.challengeAcks) return;
    tcb.challenges += 1;
  }
  emitAck(tcb, nowUs, params, out);
}

/** Keep-alive: an empty segment that is not acceptable, and so draws an ACK (SHLD-12). */
export function emitKeepAlive(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): void {
  emitWithAck(tcb, seqAdd(tcb.sndNxt, -1), 0, 0, nowUs, params, out);
}

/** Text, a FIN, or both, from any place in the send sequence space. */
export function emitText(
  tcb: Tcb,
  seq: number,
  length: number,
  fin: boolean,
  push: boolean,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): void {
  const flags = (fin ? Flag.FIN : 0) | (push ? Flag.PSH : 0);
  const segment = emitWithAck(tcb, seq, flags, length, nowUs, params, out);
  if (tcb.sndUrgent === 0 || !seqLt(seq, tcb.sndUp)) return;
  // MUST-62: the pointer is the offset of the octet after the urgent text.
  segment.flags |= Flag.URG;
  segment.urgentPointer = Math.min(URGENT_POINTER_MAX, seqDiff(tcb.sndUp, seq));
}

/** The reset of an ABORT call, §3.10.5: `<SEQ=SND.NXT><CTL=RST>`. */
export function emitAbort(tcb: Tcb, nowUs: number, params: TcpParams, out: Outbox): void {
  const segment = emit(out, tcb.sndNxt, 0, Flag.RST, 0);
  segment.optionLayout = params.optionLayout;
  stampSegment(tcb, segment, nowUs, params);
}

/**
 * The reset that makes itself believable to the sender of `segment`
 * (§3.10.7.1): `<SEQ=SEG.ACK><CTL=RST>` where the ACK bit is on, otherwise
 * `<SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>`. Never in answer to a reset.
 */
export function emitResetFor(segment: Segment, out: Outbox): void {
  if ((segment.flags & Flag.RST) !== 0) return;
  if ((segment.flags & Flag.ACK) !== 0) {
    emit(out, segment.ack, 0, Flag.RST, 0);
  } else {
    const ack = seqAdd(segment.seq, segmentLength(segment));
    emit(out, 0, ack, Flag.RST | Flag.ACK, 0);
  }
}

/** `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=RST,ACK>`: a reset that gives the connection's own numbers. */
export function emitResetWithAck(tcb: Tcb, out: Outbox): void {
  emit(out, tcb.sndNxt, tcb.rcvNxt, Flag.RST | Flag.ACK, 0);
}
