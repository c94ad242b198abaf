import {
  Flag,
  type Segment,
  State,
  sackBlocks,
  seqAdd,
  seqDiff,
  seqLe,
  seqLt,
} from "@synfin/core/tcp";
import { breach } from "./breach.ts";
import { arrival, type Moment } from "./happening.ts";
import type { Memory } from "./memory.ts";

/** The control bits that RFC 9293 ever puts together. PSH and URG only go with text. */
const COMBINATIONS: ReadonlySet<number> = new Set([
  Flag.SYN,
  Flag.SYN | Flag.ACK,
  Flag.ACK,
  Flag.FIN | Flag.ACK,
  Flag.RST,
  Flag.RST | Flag.ACK,
]);
const WITH_TEXT = Flag.PSH | Flag.URG;

/** States in which text of ours may be on its way, and those in which our FIN may be. */
const TEXT_STATES: readonly State[] = [
  State.ESTABLISHED,
  State.CLOSE_WAIT,
  State.FIN_WAIT_1,
  State.CLOSING,
  State.LAST_ACK,
];
const FIN_STATES: readonly State[] = [State.FIN_WAIT_1, State.CLOSING, State.LAST_ACK];

/** Everything that RFC 9293 and the RFCs of its options say of one segment that is sent. */
export function judgeSegment(sent: Readonly<Segment>, moment: Moment, memory: Memory): void {
  const { flags, length } = sent;
  const bits = length > 0 ? flags & ~WITH_TEXT : flags;
  if (!COMBINATIONS.has(bits)) breach("control bits that no state sends", sent);
  if (sent.badOption !== 0 || sent.length < 0) breach("a malformed segment", sent);
  if ((flags & Flag.RST) !== 0) {
    judgeReset(sent, moment);
    return;
  }
  judgeOptions(sent, moment, memory);
  if ((flags & Flag.SYN) !== 0) judgeSyn(sent, moment, memory);
  else judgeOthers(sent, moment, memory);
  if ((flags & Flag.ACK) !== 0) judgeAckAndWindow(sent, moment, memory);
}

/** §3.10.7.1 and §3.5.2 for a reset that answers, §3.10.5 for that of ABORT. */
function judgeReset(sent: Readonly<Segment>, moment: Moment): void {
  const { before, happening, params } = moment;
  if (sent.length !== 0 || sent.urgentPointer !== 0) breach("a RST that carries something", sent);
  if (sent.mss !== 0 || sent.windowScale !== -1 || sent.sackCount !== 0 || sent.sackPermitted !== 0)
    breach("a RST with options", sent);
  const answered = arrival(moment);
  if (answered === undefined) {
    if (happening.kind !== "abort") breach(`a RST out of ${happening.kind}`, sent);
    if (sent.flags !== Flag.RST || sent.seq !== before.sndNxt) breach("ABORT's RST", sent);
    return;
  }
  if ((answered.flags & Flag.RST) !== 0) breach("a RST answers a RST", sent);
  const { seq, ack, flags } = sent;
  if ((answered.flags & Flag.SYN) !== 0 && params.synResetCarriesAck === 1) {
    if (seq === before.sndNxt && ack === before.rcvNxt && flags === (Flag.RST | Flag.ACK)) return;
  }
  if ((answered.flags & Flag.ACK) !== 0) {
    if (flags !== Flag.RST || seq !== answered.ack) breach("not <SEQ=SEG.ACK><CTL=RST>", sent);
    return;
  }
  const syn = (answered.flags & Flag.SYN) !== 0 ? 1 : 0;
  const fin = (answered.flags & Flag.FIN) !== 0 ? 1 : 0;
  const end = seqAdd(answered.seq, answered.length + syn + fin);
  if (flags !== (Flag.RST | Flag.ACK) || seq !== 0 || ack !== end)
    breach("not <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>", sent);
}

/** MUST-65 and its like: what only a SYN has, and what every segment has once it is agreed. */
function judgeOptions(sent: Readonly<Segment>, moment: Moment, memory: Memory): void {
  const { params, before, after } = moment;
  const syn = (sent.flags & Flag.SYN) !== 0;
  const first = sent.flags === Flag.SYN;
  const agreed = (mine: boolean, both: boolean) => (first ? mine : both);
  if (sent.mss !== (syn ? params.mss : 0)) breach("MUST-65: the MSS option", sent);
  const scales = params.windowScale >= 0 && agreed(true, memory.peerScales);
  if (sent.windowScale !== (syn && scales ? params.windowScale : -1))
    breach("the window scale option (RFC 7323 §2.2)", sent);
  const sackOn = agreed(params.sack === 1, memory.sack);
  if (sent.sackPermitted !== (syn && sackOn ? 1 : 0)) breach("SACK-permitted", sent);
  const uto = syn && params.advertisedUserTimeout > 0 ? params.advertisedUserTimeout : -1;
  if (sent.userTimeout !== uto) breach("the user timeout option", sent);
  const stamped = agreed(params.timestamps === 1, memory.stamps);
  if (sent.hasTimestamps !== (stamped ? 1 : 0)) breach("timestamps (RFC 7323 §3.2)", sent);
  if (stamped) judgeStamp(sent, first, before.tsRecent, after.tsRecent, memory);
  judgeSack(sent, seqAdd(after.rcvNxt, after.rcvWnd), memory);
}

function judgeStamp(
  sent: Readonly<Segment>,
  first: boolean,
  recentBefore: number,
  recentAfter: number,
  memory: Memory,
): void {
  const { tsVal, tsEcr } = sent;
  if (first ? tsEcr !== 0 : tsEcr !== recentBefore && tsEcr !== recentAfter)
    breach("TSecr is not TS.Recent (RFC 7323 §4.3)", sent);
  if (memory.lastStamp !== undefined && seqLt(tsVal, memory.lastStamp))
    breach("TSval goes back", sent);
  memory.lastStamp = tsVal;
}

/** RFC 2018 §3: blocks beyond RCV.NXT, of text that has come, no two of which touch. */
function judgeSack(sent: Readonly<Segment>, edge: number, memory: Memory): void {
  if (sent.sackCount === 0) return;
  if (!memory.sack || (sent.flags & Flag.SYN) !== 0) breach("SACK without consent", sent);
  if (sent.sackCount > (memory.stamps ? 3 : 4)) breach("too many SACK blocks", sent);
  const blocks = sackBlocks(sent);
  for (const [index, { left, right }] of blocks.entries()) {
    if (!seqLt(left, right) || !seqLt(sent.ack, left)) breach("a SACK block of old text", sent);
    if (!memory.hasCome(left, right)) breach("a SACK block of text that never came", sent);
    if (seqLt(edge, right)) breach("a SACK block outside the window", sent);
    for (const other of blocks.slice(0, index)) {
      if (seqLe(left, other.right) && seqLe(other.left, right)) breach("SACK blocks touch", sent);
    }
  }
}

/** §3.10.1, §3.10.7.2, §3.10.7.3: a SYN has our ISS, and goes out until it is acknowledged. */
function judgeSyn(sent: Readonly<Segment>, moment: Moment, memory: Memory): void {
  if (sent.seq !== memory.iss || sent.length !== 0) breach("a SYN that is not at ISS", sent);
  const known = memory.textStart !== undefined;
  if (known !== ((sent.flags & Flag.ACK) !== 0)) breach("a SYN that forgets the peer's", sent);
  if (moment.after.sndUna !== memory.iss) breach("a SYN after it was acknowledged", sent);
  if (moment.after.sndNxt === memory.iss) breach("a SYN that SND.NXT does not count", sent);
}

function judgeOthers(sent: Readonly<Segment>, moment: Moment, memory: Memory): void {
  const { flags, length, seq } = sent;
  const { before, after, happening } = moment;
  if (memory.textStart === undefined) breach("an ACK before the peer's SYN", sent);
  const fin = (flags & Flag.FIN) !== 0;
  if (length > 0 || fin) {
    judgeText(sent, moment, memory);
    return;
  }
  if (seq === before.sndNxt || seq === after.sndNxt) return;
  const probe = happening.kind === "timeout" && before.keepAlive === 1;
  const idle = before.sndUna === before.sndNxt;
  if (!probe || !idle || seq !== seqAdd(before.sndNxt, -1)) breach("an ACK not at SND.NXT", sent);
}

/** Text and FIN: in which states, which octets, how far, how much at once, how urgent. */
function judgeText(sent: Readonly<Segment>, moment: Moment, memory: Memory): void {
  const { seq, length, flags } = sent;
  const { after } = moment;
  const fin = (flags & Flag.FIN) !== 0;
  const end = seqAdd(seq, length);
  if (length > 0 && !passes(moment, TEXT_STATES)) breach("text in a state that has none", sent);
  if (fin && !passes(moment, FIN_STATES)) breach("a FIN in a state that has none", sent);
  if (seqLt(seq, after.sndUna)) breach("text that is acknowledged already", sent);
  if (seqLt(after.sndNxt, seqAdd(end, fin ? 1 : 0))) breach("text beyond SND.NXT", sent);
  if (seqLt(memory.userEnd, end)) breach("text that the user never gave", sent);
  judgeFin(sent, fin, end, memory);
  const room =
    memory.peerEdge === undefined ? 0 : seqDiff(seqAdd(end, fin ? 1 : 0), memory.peerEdge);
  const acked = seqDiff(seqAdd(end, fin ? 1 : 0), after.sndUna);
  if (Math.min(room, acked) > 1) breach("more than a probe beyond the peer's window", sent);
  const options = (memory.stamps ? 12 : 0) + (sent.sackCount > 0 ? 4 + 8 * sent.sackCount : 0);
  if (length + options > memory.peerMss) breach("MUST-16: larger than the peer's MSS", sent);
  judgeUrgent(sent, memory);
}

function judgeFin(sent: Readonly<Segment>, fin: boolean, end: number, memory: Memory): void {
  if (memory.finSeq !== undefined && seqLt(memory.finSeq, end)) breach("text after our FIN", sent);
  if (!fin) return;
  if (!memory.closedByUser || end !== memory.userEnd) breach("a FIN before all text", sent);
  memory.finSeq ??= end;
  if (memory.finSeq !== end) breach("a second FIN elsewhere", sent);
}

/** §3.8.5, MUST-62: URG on all text before the end of the urgent text, and its distance. */
function judgeUrgent(sent: Readonly<Segment>, memory: Memory): void {
  const ahead = memory.urgentEnd === undefined ? 0 : seqDiff(memory.urgentEnd, sent.seq);
  const urgent = (sent.flags & Flag.URG) !== 0;
  if (urgent !== ahead > 0) breach("MUST-30: URG", sent);
  if (sent.urgentPointer !== (urgent ? Math.min(65535, ahead) : 0)) breach("MUST-62", sent);
}

/** ACK = RCV.NXT, and the right edge of our window: room that is there, and never to the left. */
function judgeAckAndWindow(sent: Readonly<Segment>, moment: Moment, memory: Memory): void {
  const { ack, window, flags } = sent;
  const { before, after } = moment;
  // A retransmission that an ACK sets off goes out before the text of the same segment is taken.
  if (ack !== after.rcvNxt && ack !== before.rcvNxt) breach("SEG.ACK is not RCV.NXT", sent);
  if (window < 0 || window > 65535 || !Number.isInteger(window)) breach("SEG.WND", sent);
  const shift = (flags & Flag.SYN) !== 0 ? 0 : memory.ourShift;
  const edge = seqAdd(ack, window * 2 ** shift);
  const start = memory.textStart ?? ack;
  const fin = seqDiff(after.rcvNxt, start) > memory.taken ? 1 : 0;
  if (seqDiff(edge, start) - fin - memory.read > after.rcvBuf) breach("no room for SEG.WND", sent);
  if (memory.ourEdge === undefined) {
    memory.ourEdge = edge;
    return;
  }
  // RFC 7323 §2.2: the unscaled field of a SYN,ACK that is sent again says as much as it can.
  if ((flags & Flag.SYN) !== 0 && window === 65535) return;
  // RFC 7323 §2.4: what a scaled field cannot say, less than a unit, stays in the window.
  const moved = seqDiff(edge, memory.ourEdge);
  if (moved <= -(2 ** memory.ourShift)) breach("SHLD-14: the right edge moves left", sent);
  if (moved > 0) memory.ourEdge = edge;
}

/** Whether the connection was in one of these states at some time in this step. */
function passes({ before, out }: Moment, states: readonly State[]): boolean {
  if (states.includes(before.state)) return true;
  return out.changes.slice(0, out.changeCount).some(({ to }) => states.includes(to));
}
