import { assert } from "../assert.ts";
import { Flag } from "../flags.ts";
import { checkTcb } from "../invariants.ts";
import { enter, type Outbox } from "../outbox.ts";
import type { TcpParams } from "../params.ts";
import type { Segment } from "../segment.ts";
import { seqLe, seqLt } from "../seq.ts";
import { State } from "../state.ts";
import type { Tcb } from "../tcb.ts";
import { Cause } from "../transitions.ts";
import { sendSyn } from "../transmit.ts";
import { initialise } from "../user-calls.ts";
import { isInWindow } from "./acceptability.ts";
import { openPassively } from "./listen.ts";

/**
 * Whether a SYN may open a new connection straight from TIME-WAIT (MAY-2,
 * SHLD-4), by the cases of RFC 6191 §2. The sequence number that counts is
 * that of the old connection's FIN, the last one received.
 */
export function timeWaitTakes(tcb: Tcb, segment: Segment, params: TcpParams): boolean {
  const kind = segment.flags & (Flag.SYN | Flag.ACK | Flag.RST);
  if (tcb.state !== State.TIME_WAIT || kind !== Flag.SYN) return false;
  if (params.timeWaitTakesSyn === 0) return false;
  const laterSeq = seqLe(tcb.rcvNxt, segment.seq);
  const stamped = segment.hasTimestamps === 1 && params.timestamps === 1;
  if (tcb.tsOk === 0) return stamped || laterSeq;
  if (!stamped) return laterSeq;
  if (seqLt(tcb.tsRecent, segment.tsVal)) return true;
  return tcb.tsRecent === segment.tsVal && laterSeq;
}

/**
 * The new connection takes the place of the old one. Its ISS has to be larger
 * than any sequence number that the old one used (§3.6.1).
 */
export function reopen(
  tcb: Tcb,
  segment: Segment,
  iss: number,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): void {
  assert(tcb.state === State.TIME_WAIT, "only TIME-WAIT is opened anew");
  assert(seqLt(tcb.sndNxt, iss), "the new ISS is not above the old SND.NXT");
  initialise(tcb, iss, params);
  tcb.state = State.TIME_WAIT;
  openPassively(tcb, segment, nowUs, params, out);
}

/**
 * "Returns to TIME-WAIT state if the SYN turns out to be an old duplicate"
 * (MAY-2, §3.6.1): the peer, who never meant it, resets what it opened. Then
 * `tcb` is what `old` was, a copy that the host made before `reopen`, for as
 * long as its 2MSL have not run out.
 *
 * @returns whether this reset has brought TIME-WAIT back
 */
export function returnToTimeWait(
  tcb: Tcb,
  old: Readonly<Tcb>,
  segment: Segment,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): boolean {
  if (tcb.state !== State.SYN_RECEIVED || (segment.flags & Flag.RST) === 0) return false;
  if (old.timeWaitAtUs <= nowUs || segment.badOption === 1) return false;
  // The rule for a RST in SYN-RECEIVED, §3.10.7.4 with RFC 5961 §3.
  const exact = segment.seq === tcb.rcvNxt;
  if (!exact && (params.rfc5961 === 1 || !isInWindow(tcb, segment.seq))) return false;
  enter(tcb, State.TIME_WAIT, Cause.RCV_RST, out);
  Object.assign(tcb, old);
  return true;
}

/**
 * Whether a new active OPEN may take a TIME-WAIT's place before 2MSL are over,
 * as Linux does it (`tcp_tw_reuse`; ip-sysctl.rst): the peer's clock has ticked
 * since its last segment, so PAWS tells the old ones (RFC 7323 §B.2).
 *
 * @param afterUs how long the peer has to have been silent: Linux, 1 s
 */
export function mayTakeOver(tcb: Readonly<Tcb>, nowUs: number, afterUs: number): boolean {
  if (tcb.state !== State.TIME_WAIT || tcb.tsOk === 0) return false;
  return nowUs - tcb.tsRecentAtUs > afterUs;
}

/**
 * OPEN, active, in the place of a TIME-WAIT that `mayTakeOver` gives free.
 * `tsOffset` stays, so that our timestamps go on from where they were.
 *
 * @param iss above any sequence number that the old connection used (§3.6.1)
 */
export function takeOver(
  tcb: Tcb,
  iss: number,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): void {
  assert(tcb.state === State.TIME_WAIT, "only TIME-WAIT is taken over");
  assert(seqLt(tcb.sndNxt, iss), "the new ISS is not above the old SND.NXT");
  initialise(tcb, iss, params);
  tcb.state = State.TIME_WAIT;
  enter(tcb, State.SYN_SENT, Cause.TAKEN_OVER, out);
  sendSyn(tcb, nowUs, params, out);
  checkTcb(tcb);
}
