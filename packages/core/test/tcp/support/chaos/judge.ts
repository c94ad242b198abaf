import { Flag, NEVER, pollAt, State, seqDiff, type Tcb } from "@synfin/core/tcp";
import { breach } from "./breach.ts";
import type { Moment } from "./happening.ts";
import { judgeChanges, judgeTaken } from "./judge-changes.ts";
import { judgeSegment } from "./judge-segment.ts";
import { judgeSilence } from "./judge-silence.ts";
import type { Memory } from "./memory.ts";

/**
 * Whether a step of the machine is within what RFC 9293 allows, by code that
 * shares nothing with the machine but the names of its fields. Throws an error
 * that says which rule is broken by what.
 */
export function judge(moment: Moment, memory: Memory): void {
  const { out } = moment;
  memory.note(moment);
  judgeChanges(moment);
  judgeSilence(moment);
  judgeTaken(moment, memory);
  let resets = 0;
  for (let index = 0; index < out.segmentCount; index += 1) {
    const sent = out.segments[index];
    if (sent === undefined) breach("a segment that is none");
    judgeSegment(sent, moment, memory);
    if (resets > 0) breach("something goes out after a RST", sent);
    if ((sent.flags & Flag.RST) !== 0) resets += 1;
  }
  judgeResetState(moment, resets);
  judgeTimers(moment);
  judgeSendSpace(moment);
}

/** A synchronized connection is reset at its end, or not at all (§3.5.2, group 3). */
function judgeResetState({ state, after }: Moment, resets: number): void {
  if (resets === 0 || state < State.ESTABLISHED) return;
  if (after.state !== State.CLOSED) breach("a RST in a synchronized state that goes on");
}

const DEADLINES = [
  "retransmitAtUs",
  "timeWaitAtUs",
  "ackAtUs",
  "userTimeoutAtUs",
  "keepAliveAtUs",
  "finWait2AtUs",
] as const satisfies readonly (keyof Tcb)[];

/** What is due has been done, and what is to come lies ahead; a TCB without a connection sleeps. */
function judgeTimers({ before, after, nowUs, happening }: Moment): void {
  const atUs = pollAt(after);
  if (after.state <= State.LISTEN) {
    if (atUs !== Number.POSITIVE_INFINITY) breach("a timer of a connection that is gone");
    return;
  }
  for (const deadline of DEADLINES) {
    const isNew = after[deadline] !== before[deadline] || happening.kind === "timeout";
    if (!isNew || after[deadline] === NEVER || after[deadline] > nowUs) continue;
    breach(`${deadline} is ${after[deadline]} at ${nowUs}`);
  }
  if (!Number.isInteger(atUs) && atUs !== Number.POSITIVE_INFINITY) breach(`deadline ${atUs}`);
}

/** SND.UNA and SND.NXT never go back while the connection lasts; nor does RCV.NXT. */
function judgeSendSpace({ before, after, state, happening }: Moment): void {
  const begins = state <= State.LISTEN || happening.kind === "arrives at listener";
  if (begins || after.iss !== before.iss) return;
  if (seqDiff(after.sndUna, before.sndUna) < 0) breach("SND.UNA goes back");
  if (seqDiff(after.sndNxt, before.sndNxt) < 0) breach("SND.NXT goes back");
  const known = state !== State.SYN_SENT;
  if (known && seqDiff(after.rcvNxt, before.rcvNxt) < 0) breach("RCV.NXT goes back");
}
