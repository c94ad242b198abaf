import { Flag } from "./flags.ts";
import { nextSegment, type Outbox } from "./outbox.ts";
import type { TcpParams } from "./params.ts";
import { type Segment, segmentLength } from "./segment.ts";
import { seqAdd } from "./seq.ts";
import { State } from "./state.ts";
import { NEVER, type Tcb } from "./tcb.ts";

const WINDOW_FIELD_MAX = 65535;

function emit(
  out: Outbox,
  seq: number,
  ack: number,
  flags: number,
  window: number,
  length: number,
  mss: number,
): void {
  const segment = nextSegment(out);
  segment.seq = seq;
  segment.ack = ack;
  segment.flags = flags;
  segment.window = window;
  segment.urgentPointer = 0;
  segment.length = length;
  segment.mss = mss;
}

/** A segment of the connection that acknowledges everything received so far. */
function emitWithAck(
  tcb: Tcb,
  seq: number,
  flags: number,
  length: number,
  mss: number,
  out: Outbox,
): void {
  const window = Math.min(tcb.rcvWnd, WINDOW_FIELD_MAX);
  emit(out, seq, tcb.rcvNxt, flags | Flag.ACK, window, length, mss);
  tcb.ackAtUs = NEVER;
  tcb.rcvUnacked = 0;
}

/**
 * Our SYN: `<SEQ=ISS><CTL=SYN>` from SYN-SENT, `<SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK>`
 * once the peer's has come. Always with the MSS option (MUST-14, MAY-3).
 */
export function emitSyn(tcb: Tcb, params: TcpParams, out: Outbox): void {
  if (tcb.state === State.SYN_SENT) {
    emit(out, tcb.iss, 0, Flag.SYN, Math.min(tcb.rcvWnd, WINDOW_FIELD_MAX), 0, params.mss);
  } else {
    emitWithAck(tcb, tcb.iss, Flag.SYN, 0, params.mss, out);
  }
}

/** `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>` */
export function emitAck(tcb: Tcb, out: Outbox): void {
  emitWithAck(tcb, tcb.sndNxt, 0, 0, 0, out);
}

/** Text, a FIN, or both, from any place in the send sequence space. */
export function emitText(
  tcb: Tcb,
  seq: number,
  length: number,
  fin: boolean,
  push: boolean,
  out: Outbox,
): void {
  const flags = (fin ? Flag.FIN : 0) | (push ? Flag.PSH : 0);
  emitWithAck(tcb, seq, flags, length, 0, out);
}

/** The reset of an ABORT call, §3.10.5: `<SEQ=SND.NXT><CTL=RST>`. */
export function emitAbort(tcb: Tcb, out: Outbox): void {
  emit(out, tcb.sndNxt, 0, Flag.RST, 0, 0, 0);
}

/**
 * The reset that makes itself believable to the sender of `segment`
 * (§3.10.7.1): `<SEQ=SEG.ACK><CTL=RST>` where the ACK bit is on, otherwise
 * `<SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>`. Never in answer to a reset.
 */
export function emitResetFor(segment: Segment, out: Outbox): void {
  if ((segment.flags & Flag.RST) !== 0) return;
  if ((segment.flags & Flag.ACK) !== 0) {
    emit(out, segment.ack, 0, Flag.RST, 0, 0, 0);
  } else {
    const ack = seqAdd(segment.seq, segmentLength(segment));
    emit(out, 0, ack, Flag.RST | Flag.ACK, 0, 0, 0);
  }
}
