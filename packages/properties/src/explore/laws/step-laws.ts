import {
  CAUSE_NAMES,
  Cause,
  Flag,
  isPermitted,
  isSynchronized,
  NEVER,
  type Segment,
  State,
  segmentLength,
  seqAdd,
  seqDiff,
  seqLe,
  stateName,
} from "@synfin/core/tcp";
import { NOW_US } from "../end.ts";
import type { Settings } from "../options.ts";
import type { EndStep } from "../step.ts";

/** What one step broke. */
export interface Broken {
  readonly law: string;
  readonly message: string;
}

type StepLaw = (step: EndStep, settings: Settings) => string;

/** The segment that arrived in this step, if one did. */
function arrivedIn({ input }: EndStep): Readonly<Segment> | undefined {
  return typeof input === "object" ? input : undefined;
}

/** Whether one connection was there before the step and still is. */
function goesOn({ before, after }: EndStep): boolean {
  const alive = before.tcb.state > State.LISTEN && after.tcb.state > State.LISTEN;
  return alive && before.tcb.iss === after.tcb.iss;
}

function has(segment: Readonly<Segment>, flag: number): boolean {
  return (segment.flags & flag) !== 0;
}

function endOf(segment: Readonly<Segment>): number {
  return seqAdd(segment.seq, segmentLength(segment));
}

/** The machine's own assertions (`checkTcb`, the table of transitions) hold. */
function machineAsserts({ thrown }: EndStep): string {
  return thrown ?? "";
}

/** RFC 9293 §3.3.2 with its notes: only changes of the table, each from where the last ended. */
function onlyPermittedTransitions({ before, after, changes }: EndStep): string {
  let state = before.tcb.state;
  for (const { from, to, cause } of changes) {
    const row = `${stateName(from)} to ${stateName(to)} by ${CAUSE_NAMES[cause]}`;
    if (!isPermitted(from, to, cause)) return `${row} is not in the table of transitions`;
    if (from !== state && from !== State.LISTEN) return `${row}, but it is in ${stateName(state)}`;
    state = to;
  }
  const shown = state === State.LISTEN ? State.CLOSED : state;
  if (after.tcb.state === shown) return "";
  return `comes to ${stateName(after.tcb.state)} without a change of state that says so`;
}

/** §3.4: what is acknowledged, sent or received stays so. */
function numbersNeverGoBack(step: EndStep): string {
  if (!goesOn(step)) return "";
  const { tcb: before } = step.before;
  const { tcb: after } = step.after;
  const names = ["sndUna", "sndNxt", "rcvNxt"] as const;
  for (const name of names) {
    if (name === "rcvNxt" && before.irs === 0) continue;
    if (seqDiff(after[name], before[name]) < 0) {
      return `${name} goes back from ${before[name]} to ${after[name]}`;
    }
  }
  return "";
}

/** §3.10.7.4, seventh: the user gets what is next, once, and RCV.NXT counts it and a FIN. */
function deliversInOrder(step: EndStep): string {
  const { before, after, taken, takenSeq } = step;
  if (after.tcb.irs === 0) return "";
  const sameConnection = before.tcb.iss === after.tcb.iss && before.tcb.irs !== 0;
  const from = sameConnection ? before.tcb.rcvNxt : seqAdd(after.tcb.irs, 1);
  if (taken > 0 && takenSeq !== from) return `the user gets ${takenSeq}; ${from} is next`;
  const fin = after.finTaken - (sameConnection ? before.finTaken : 0);
  const advance = seqDiff(after.tcb.rcvNxt, from);
  if (advance === taken + fin) return "";
  return `RCV.NXT advances by ${advance}; the user got ${taken} octets, and ${fin} FIN was taken`;
}

/** §3.8.6, §3.10.4: what is sent lies in what the user gave, and in the peer's window. */
function sendsWhatItMay({ after, sent }: EndStep): string {
  const { tcb } = after;
  for (const segment of sent) {
    if (has(segment, Flag.RST) || tcb.state <= State.LISTEN) continue;
    const end = endOf(segment);
    const beyond = seqDiff(end, tcb.sndNxt);
    if (beyond > 0) return `sends up to ${end}, ${beyond} past SND.NXT`;
    const behind = seqDiff(tcb.sndUna, end);
    if (behind > 0 && segment.length > 0) return `sends ${behind} octets that are acknowledged`;
    if (has(segment, Flag.ACK) && seqDiff(segment.ack, tcb.rcvNxt) > 0) {
      return `acknowledges ${segment.ack}; RCV.NXT is ${tcb.rcvNxt}`;
    }
    const over = seqDiff(end, seqAdd(tcb.sndUna, tcb.sndMaxWnd));
    if (isSynchronized(tcb.state) && over > 1) return `sends ${over} octets past the window`;
  }
  return "";
}

/**
 * §3.10.7.4: text and FIN that an end has taken, now or before, are
 * acknowledged in the step in which they come.
 */
function answersWhatItTook(step: EndStep): string {
  const arrived = arrivedIn(step);
  const { before, after, sent } = step;
  if (arrived === undefined || has(arrived, Flag.RST | Flag.SYN)) return "";
  const occupies = segmentLength(arrived) > 0 && has(arrived, Flag.ACK);
  if (!occupies || !isSynchronized(after.tcb.state) || before.tcb.irs === 0) return "";
  const end = endOf(arrived);
  if (!seqLe(end, after.tcb.rcvNxt)) return "";
  const answered = sent.some((segment) => has(segment, Flag.ACK) && seqLe(end, segment.ack));
  const what = has(arrived, Flag.FIN) ? "FIN" : "text";
  return answered ? "" : `${what} up to ${end} came, and nothing acknowledges it`;
}

/** §3.10.7.1: "An incoming segment containing a RST is discarded", and never answered by one. */
function noResetAnswersReset(step: EndStep): string {
  const arrived = arrivedIn(step);
  if (arrived === undefined || !has(arrived, Flag.RST)) return "";
  const answer = step.sent.find((segment) => has(segment, Flag.RST));
  return answer === undefined ? "" : "a RST answers a RST";
}

/** §3.10.7.4, second: a RST that is not in the window changes nothing. */
function resetCountsInWindow(step: EndStep): string {
  const arrived = arrivedIn(step);
  if (arrived === undefined || !has(arrived, Flag.RST)) return "";
  const { tcb } = step.before;
  if (tcb.state < State.SYN_RECEIVED || step.changes.length === 0) return "";
  const offset = seqDiff(arrived.seq, tcb.rcvNxt);
  if (offset >= 0 && offset < Math.max(1, tcb.rcvWnd)) return "";
  return `a RST at ${arrived.seq} ends it; RCV.NXT is ${tcb.rcvNxt}`;
}

/** §3.6.1, §3.10.7.4, §3.10.8: 2MSL from the last FIN acknowledged, and no less. */
function timeWaitLasts2Msl(step: EndStep, { params }: Settings): string {
  const { before, after, changes } = step;
  const expired = changes.some(({ cause }) => cause === Cause.TIME_WAIT_TIMEOUT);
  if (expired && before.tcb.timeWaitAtUs > NOW_US) return "TIME-WAIT ends before its time";
  if (after.tcb.state !== State.TIME_WAIT) return "";
  const entered = before.tcb.state !== State.TIME_WAIT;
  const left = after.tcb.timeWaitAtUs - NOW_US;
  const whole = 2 * params.mslUs;
  if (entered || isPeersFinAgain(step)) {
    return left === whole ? "" : `TIME-WAIT goes on for ${left} µs; 2MSL is ${whole} µs`;
  }
  const same = after.tcb.timeWaitAtUs === before.tcb.timeWaitAtUs;
  return same ? "" : "TIME-WAIT begins again, and no FIN came";
}

/** Whether the peer's FIN came once more, to an end that has taken it. */
export function isPeersFinAgain(step: EndStep): boolean {
  const arrived = arrivedIn(step);
  if (arrived === undefined || has(arrived, Flag.RST | Flag.SYN)) return false;
  if (!has(arrived, Flag.FIN) || !has(arrived, Flag.ACK)) return false;
  const { tcb } = step.before;
  const late = seqDiff(arrived.ack, tcb.sndNxt) > 0;
  return !late && endOf(arrived) === tcb.rcvNxt;
}

/**
 * §3.8.1, §3.8.6.1, RFC 6298 §5.1: whoever waits for the peer holds a running
 * timer, or is where it may wait for ever: for its own user in ESTABLISHED or
 * CLOSE-WAIT, for the other one in FIN-WAIT-2.
 */
function whoWaitsIsTimed({ after }: EndStep): string {
  const { tcb } = after;
  if (tcb.state <= State.LISTEN) return "";
  if (tcb.state === State.TIME_WAIT) {
    return tcb.timeWaitAtUs === NEVER ? "TIME-WAIT has no timer" : "";
  }
  if (tcb.retransmitAtUs !== NEVER) return "";
  const unsent = tcb.finSent === 0 && seqDiff(tcb.sndEnd, tcb.sndNxt) > 0;
  const finWaits = tcb.finQueued === 1 && tcb.finSent === 0;
  if (tcb.sndUna !== tcb.sndNxt) return "something is unacknowledged, and no timer runs";
  if (unsent || finWaits) return "something is still to be sent, and no timer runs";
  const mayWait: readonly State[] = [State.ESTABLISHED, State.CLOSE_WAIT, State.FIN_WAIT_2];
  return mayWait.includes(tcb.state) ? "" : `waits in ${stateName(tcb.state)} without a timer`;
}

/** §3.10.8, RFC 6298 §5.4: when its timer runs out, the oldest that is outstanding goes again. */
function timeoutSendsAgain({ input, before, after, sent }: EndStep): string {
  const { retransmitAtUs, sndUna, sndNxt } = before.tcb;
  const ranOut = input === "timeout" && retransmitAtUs !== NEVER && retransmitAtUs <= NOW_US;
  if (!ranOut || sndUna === sndNxt || after.tcb.state <= State.LISTEN) return "";
  const again = sent.some((segment) => segment.seq === sndUna && segmentLength(segment) > 0);
  return again ? "" : `the timer ran out, and ${sndUna} is not sent again`;
}

/** What every step of one end is held to, by the names under which a breach is reported. */
const STEP_LAWS: readonly (readonly [name: string, law: StepLaw])[] = [
  ["machineAsserts", machineAsserts],
  ["onlyPermittedTransitions", onlyPermittedTransitions],
  ["numbersNeverGoBack", numbersNeverGoBack],
  ["deliversInOrder", deliversInOrder],
  ["sendsWhatItMay", sendsWhatItMay],
  ["answersWhatItTook", answersWhatItTook],
  ["noResetAnswersReset", noResetAnswersReset],
  ["resetCountsInWindow", resetCountsInWindow],
  ["timeWaitLasts2Msl", timeWaitLasts2Msl],
  ["whoWaitsIsTimed", whoWaitsIsTimed],
  ["timeoutSendsAgain", timeoutSendsAgain],
];

/** The first law that the step breaks. */
export function brokenByStep(step: EndStep, settings: Settings): Broken | undefined {
  for (const [law, check] of STEP_LAWS) {
    const message = check(step, settings);
    if (message !== "") return { law, message: `${hostName(step)}: ${message}` };
  }
  return undefined;
}

function hostName({ before }: EndStep): string {
  return before.host === 0 ? "client" : "server";
}
