import {
  createTcb,
  Flag,
  IcmpKind,
  type Segment,
  State,
  seqAdd,
  seqDiff,
  seqLe,
  seqLt,
  type Tcb,
} from "@synfin/core/tcp";
import { breach, describe } from "./breach.ts";
import { arrival, type Moment } from "./happening.ts";

/** What an acknowledgment that goes out changes of a TCB, and the count of challenges. */
const OF_ANSWERS: ReadonlySet<keyof Tcb> = new Set([
  "ackAtUs",
  "rcvUnacked",
  "lastAckSent",
  "rcvWnd",
  "challenges",
  "challengeSinceUs",
]);
/** What any segment in the window changes: TS.Recent, and when the peer was last heard. */
const OF_PRESENCE: ReadonlySet<keyof Tcb> = new Set([
  ...OF_ANSWERS,
  "tsRecent",
  "tsRecentAtUs",
  "keepAliveAtUs",
  "keepAliveProbes",
]);
const NOTHING: ReadonlySet<keyof Tcb> = new Set();

/**
 * Where RFC 9293 wants no answer, or an ACK and nothing else, and nothing of
 * the connection to change: compares the whole TCB before and after.
 */
export function judgeSilence(moment: Moment): void {
  const segment = arrival(moment);
  if (segment !== undefined) judgeArrival(moment, segment);
  else judgeCall(moment);
}

function judgeCall(moment: Moment): void {
  const { happening, result, before, params } = moment;
  if (result !== "ok" && happening.kind !== "close both") untouched(moment, result);
  if (happening.kind !== "icmp") return;
  // RFC 5927 §4.1, MUST-56, SHLD-26.
  const { icmp, quotedSeq } = happening;
  if (moment.out.segmentCount > 0) breach("an answer to ICMP");
  const valid = seqLe(before.sndUna, quotedSeq) && seqLt(quotedSeq, before.sndNxt);
  const ends = before.state < State.ESTABLISHED || params.icmpHardAborts === 1;
  if (icmp !== IcmpKind.HARD || !valid || !ends) unchanged(moment, NOTHING, "ICMP");
  else ended(moment, "a hard ICMP error");
}

function judgeArrival(moment: Moment, segment: Segment): void {
  const { state } = moment;
  const reset = (segment.flags & Flag.RST) !== 0;
  if (state === State.CLOSED) {
    if (moment.out.segmentCount !== (reset ? 0 : 1)) breach("CLOSED: one RST, none for a RST");
  } else if (state === State.LISTEN) judgeListen(moment, segment);
  else if (moment.happening.kind === "arrives at listener") return;
  else if (segment.badOption === 1) judgeBadOption(moment, segment);
  else if (state === State.SYN_SENT) judgeSynSent(moment, segment);
  else if (!isCrossedSyn(moment, segment)) judgeOthers(moment, segment);
}

/** §3.10.7.2: a RST is ignored, an ACK is reset, what has no SYN is dropped. */
function judgeListen(moment: Moment, segment: Segment): void {
  const { flags } = segment;
  if ((flags & Flag.RST) !== 0) untouched(moment, "a RST in LISTEN");
  else if ((flags & Flag.ACK) !== 0) unchanged(moment, NOTHING, "an ACK in LISTEN");
  else if ((flags & Flag.SYN) === 0) untouched(moment, "neither SYN nor ACK in LISTEN");
}

/** MUST-7: dropped, or the connection is reset; never by what no one can have meant for it. */
function judgeBadOption(moment: Moment, segment: Segment): void {
  const { state, params, before } = moment;
  const { flags, ack } = segment;
  const acks = (flags & Flag.ACK) !== 0;
  const acksSyn = seqLt(before.iss, ack) && seqLe(ack, before.sndNxt);
  const fitsSyn = acks ? acksSyn : (flags & Flag.SYN) !== 0;
  const fits = state === State.SYN_SENT ? fitsSyn : isAcceptable(before, segment);
  if (params.badOptionResets === 1 && fits && (flags & Flag.RST) === 0)
    ended(moment, "an option of illegal length");
  else untouched(moment, "an option of illegal length");
}

/** §3.10.7.3. */
function judgeSynSent(moment: Moment, segment: Segment): void {
  const { before, out } = moment;
  const { flags, ack } = segment;
  const reset = (flags & Flag.RST) !== 0;
  if ((flags & Flag.ACK) !== 0 && (seqLe(ack, before.iss) || seqLt(before.sndNxt, ack))) {
    unchanged(moment, NOTHING, "an ACK of nothing in SYN-SENT");
    if (out.segmentCount !== (reset ? 0 : 1)) breach("one RST, none for a RST", segment);
  } else if (reset) {
    if ((flags & Flag.ACK) === 0) untouched(moment, "a RST without ACK in SYN-SENT");
    else ended(moment, "a RST that acknowledges our SYN");
  } else if ((flags & Flag.SYN) === 0) untouched(moment, "neither SYN nor RST in SYN-SENT");
}

/** The departure `trimCrossedSyn`: such a SYN,ACK counts as the ACK that it carries. */
function isCrossedSyn({ state, before, params }: Moment, { flags, seq }: Segment): boolean {
  if (state !== State.SYN_RECEIVED || params.trimCrossedSyn === 0) return false;
  const kind = flags & (Flag.SYN | Flag.ACK | Flag.RST);
  return before.passive === 0 && kind === (Flag.SYN | Flag.ACK) && seq === before.irs;
}

/** §3.10.7.4 in the text's order, as far as a segment comes that is not to be taken. */
function judgeOthers(moment: Moment, segment: Segment): void {
  const { state, params, before, nowUs } = moment;
  const { flags } = segment;
  const reset = (flags & Flag.RST) !== 0;
  const syn = (flags & Flag.SYN) !== 0;
  if (state === State.TIME_WAIT && params.timeWaitSilent === 1 && syn && !reset) {
    untouched(moment, "a SYN in TIME-WAIT (RFC 6191)");
  } else if (before.tsOk === 1 && !reset && segment.hasTimestamps === 0) {
    untouched(moment, "no timestamps (RFC 7323 §3.2)");
  } else if (isOldByStamp(before, segment, nowUs)) {
    onlyAck(moment, OF_ANSWERS, "PAWS");
  } else if (reset) judgeReset(moment, segment);
  else if (!isTakenNotice(before, segment)) judgeOutside(moment, segment);
  else if (syn) judgeSyn(moment);
  else if ((flags & Flag.ACK) === 0) {
    unchanged(moment, OF_PRESENCE, "a segment without ACK");
    silent(moment, "a segment without ACK");
  } else judgeAck(moment, segment);
}

/** "Random" resets: outside the window nothing at all, inside it an ACK or the end. */
function judgeReset(moment: Moment, segment: Segment): void {
  const { state, before, params } = moment;
  const exact = segment.seq === before.rcvNxt;
  if (!isInWindow(before, segment.seq) && !exact) untouched(moment, "a RST outside the window");
  else if (before.rcvWnd === 0 && !exact) untouched(moment, "a RST outside a shut window");
  else if (state === State.TIME_WAIT && params.rfc1337 === 1) untouched(moment, "RFC 1337 F1");
  else if (params.rfc5961 === 1 && !exact) onlyAck(moment, OF_PRESENCE, "RFC 5961 §3");
  else {
    silent(moment, "a RST");
    ended(moment, "a RST");
  }
}

/** First, check the sequence number. */
function judgeOutside(moment: Moment, segment: Segment): void {
  const { before, after, params, nowUs } = moment;
  const restarts = params.oldFinRestartsTimeWait === 1 && before.state === State.TIME_WAIT;
  const may = new Set(OF_ANSWERS);
  if (restarts && (segment.flags & Flag.FIN) !== 0) may.add("timeWaitAtUs");
  onlyAck(moment, may, "a segment outside the window");
  if (after.timeWaitAtUs !== before.timeWaitAtUs && after.timeWaitAtUs !== nowUs + 2 * params.mslUs)
    breach("2MSL begins again, or not at all", segment);
  const answered = segment.length > 0 && (segment.flags & Flag.SYN) === 0;
  if (answered && moment.out.segmentCount !== 1) breach("no ACK of what is outside", segment);
}

/** Fourth, check the SYN bit. */
function judgeSyn(moment: Moment): void {
  const { before, state, params, out } = moment;
  const passive = state === State.SYN_RECEIVED && before.passive === 1;
  if (!passive && params.rfc5961 === 1) {
    onlyAck(moment, OF_PRESENCE, "RFC 5961 §4");
    return;
  }
  ended(moment, "a SYN in the window");
  if (out.segmentCount !== (passive ? 0 : 1)) breach("a RST for a SYN in the window, once");
}

/** Fifth, check the ACK field. */
function judgeAck(moment: Moment, segment: Segment): void {
  const { before, state, params } = moment;
  const { ack } = segment;
  const tooNew = seqLt(before.sndNxt, ack);
  if (state === State.SYN_RECEIVED) {
    if (!tooNew && seqLt(before.sndUna, ack)) return;
    unchanged(moment, OF_PRESENCE, "an ACK of nothing in SYN-RECEIVED");
    if (moment.out.segmentCount !== 1) breach("one RST for an ACK of nothing", segment);
    return;
  }
  const tooOld = params.rfc5961 === 1 && seqDiff(before.sndUna, ack) > before.sndMaxWnd;
  if (tooNew || tooOld) onlyAck(moment, OF_PRESENCE, "an ACK out of range (RFC 5961 §5)");
  else if (segment.length === 0 && (segment.flags & Flag.FIN) === 0) judgeBareAck(moment, segment);
}

/** An ACK that is in order draws no ACK: two ends would thank each other for ever. */
function judgeBareAck({ out, before, after }: Moment, segment: Segment): void {
  // Text and FIN of a SYN that count from now on are news.
  if (segment.seq !== before.rcvNxt || after.rcvNxt !== before.rcvNxt) return;
  for (const sent of out.segments.slice(0, out.segmentCount)) {
    if (sent.length === 0 && sent.flags === Flag.ACK) breach("an ACK draws an ACK", segment);
  }
}

/** Table 6 of §3.10.7.4, row by row. */
function isAcceptable(tcb: Readonly<Tcb>, { seq, flags, length }: Segment): boolean {
  const syn = (flags & Flag.SYN) !== 0 ? 1 : 0;
  const fin = (flags & Flag.FIN) !== 0 ? 1 : 0;
  const segLen = length + syn + fin;
  if (segLen === 0 && tcb.rcvWnd === 0) return seq === tcb.rcvNxt;
  if (segLen === 0) return isInWindow(tcb, seq);
  if (tcb.rcvWnd === 0) return false;
  return isInWindow(tcb, seq) || isInWindow(tcb, seqAdd(seq, segLen - 1));
}

/** RCV.NXT =< seq < RCV.NXT+RCV.WND */
function isInWindow({ rcvNxt, rcvWnd }: Readonly<Tcb>, seq: number): boolean {
  return seqLe(rcvNxt, seq) && seqLt(seq, seqAdd(rcvNxt, rcvWnd));
}

/** With the allowances for a shut window: MUST-66, and the ACK behind a probe (§3.8.6.1). */
function isTakenNotice(tcb: Readonly<Tcb>, segment: Segment): boolean {
  if (isAcceptable(tcb, segment)) return true;
  if (tcb.rcvWnd > 0 || (segment.flags & Flag.SYN) !== 0) return false;
  const bare = segment.length === 0 && (segment.flags & Flag.FIN) === 0;
  return segment.seq === tcb.rcvNxt || (bare && segment.seq === seqAdd(tcb.rcvNxt, 1));
}

const PAWS_LIFETIME_US = 24 * 86_400 * 1_000_000;

function isOldByStamp(tcb: Readonly<Tcb>, segment: Segment, nowUs: number): boolean {
  if (tcb.tsOk === 0 || (segment.flags & Flag.RST) !== 0) return false;
  return nowUs - tcb.tsRecentAtUs <= PAWS_LIFETIME_US && seqLt(segment.tsVal, tcb.tsRecent);
}

/** Nothing of the TCB changes, nothing is sent, no one is told. */
function untouched(moment: Moment, why: string): void {
  unchanged(moment, NOTHING, why);
  silent(moment, why);
}

function silent({ out }: Moment, why: string): void {
  const [first] = out.segments;
  if (out.segmentCount > 0) breach(`${why} is answered`, first);
}

/** At most `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>`, and nothing else changes. */
function onlyAck(moment: Moment, may: ReadonlySet<keyof Tcb>, why: string): void {
  const { out, before } = moment;
  unchanged(moment, may, why);
  if (out.segmentCount > 1) breach(`${why}: more than one answer`);
  for (const sent of out.segments.slice(0, out.segmentCount)) {
    const plain = sent.flags === Flag.ACK && sent.length === 0 && sent.ack === before.rcvNxt;
    if (!plain || sent.seq !== before.sndNxt) breach(`${why}: not an ACK`, sent);
  }
}

function unchanged(moment: Moment, may: ReadonlySet<keyof Tcb>, why: string): void {
  const { before, after, out } = moment;
  if (out.keptLength !== 0 || out.takenLength !== 0) breach(`${why}: its text is taken`);
  const told = moment.happening.kind !== "icmp" && out.signalCount > 0;
  if (told || out.changeCount > 0) breach(`${why}: the user is told`);
  for (const field of FIELDS) {
    if (before[field] === after[field] || may.has(field)) continue;
    const segment = arrival(moment);
    const what = segment === undefined ? "" : ` by ${describe(segment)}`;
    breach(`${why} changes ${field} from ${before[field]} to ${after[field]}${what}`);
  }
}

/** The connection is gone; one that was opened passively may go back to LISTEN. */
function ended({ after, before }: Moment, why: string): void {
  const passive = before.state === State.SYN_RECEIVED && before.passive === 1;
  const to = passive && !why.includes("ICMP") ? State.LISTEN : State.CLOSED;
  if (after.state !== to) breach(`${why} does not end the connection`);
}

const FIELDS: readonly (keyof Tcb)[] = Object.keys(createTcb()) as (keyof Tcb)[];
