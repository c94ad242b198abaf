import {
  CAUSE_NAMES,
  Cause,
  SIGNAL_NAMES,
  Signal,
  seqAdd,
  seqDiff,
  type TcpParams,
} from "@synfin/core/tcp";
import type { TraceSegment } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import { type End, opening } from "../run/end.ts";
import type { Run } from "../run/run.ts";
import { acknowledges, endOf, has, lengthOf } from "../run/sequence.ts";
import { isTakenForCertain } from "../run/taken.ts";
import { type Wait, waitsOf } from "../run/timers.ts";

const SECOND = 1_000_000;

/** What RFC 6298 and RFC 9293 §3.8.3 say where a host was given no other numbers. */
const USUAL = {
  initialRtoUs: SECOND,
  minRtoUs: SECOND,
  maxRtoUs: 60 * SECOND,
  rtoAfterLostSynUs: 3 * SECOND,
  clockGranularityUs: 1,
  r1Retransmissions: 3,
  r2Us: 100 * SECOND,
  synR2Us: 180 * SECOND,
  userTimeoutUs: 300 * SECOND,
} as const satisfies Partial<TcpParams>;

type Schedule = Record<keyof typeof USUAL, number>;

const R1 = SIGNAL_NAMES[Signal.R1_REACHED];
const R2 = CAUSE_NAMES[Cause.R2_TIMEOUT];
const USER_TIMEOUT = CAUSE_NAMES[Cause.USER_TIMEOUT];

/**
 * The retransmission timer follows RFC 6298: one second before the first round
 * trip is known, 3 R after it (SRTT + 4 RTTVAR), three seconds after a SYN
 * that timed out; twice as long each time it runs out; and never shorter again
 * before something has been acknowledged that was sent only once (Karn). At
 * the third retransmission the user hears of it (R1), and at the first timeout
 * at or after R2 the connection is given up (RFC 9293 §3.8.3): not before, and
 * never while a zero-window probe is answered (§3.8.6.1).
 *
 * A timer that is too short floods a network which is only slow; one that does
 * not back off makes a collapse of a jam.
 */
export const retransmissionFollowsSchedule: Law<Run> = defineLaw({
  name: "retransmissionFollowsSchedule",
  source: "RFC 6298 §2, §3, §5; RFC 9293 §3.8.1, §3.8.3, §3.8.6.1",
  says: "The timer follows RFC 6298; R1 is told, R2 gives up, but not while probes are answered.",
  premises: [
    ...["timer set", "timer backed off", "first round trip known", "SYN timed out"],
    ...["Karn's rule", "timer set afresh", "R1 reached", "given up", "probe answered"],
  ],
  examine(run, notes) {
    for (const end of run.ends) {
      // By the clock of an option a round trip is known of what was sent twice, too (RFC 7323 §4).
      if (end.iss === undefined || !isPlain(run, end.host)) continue;
      const waits = waitsOf(run, end);
      const schedule = scheduleOf(run, end.host);
      checkLengths(end, waits, schedule, notes);
      checkBackOff(end, waits, schedule, notes);
      checkFirst(end, waits, schedule, notes);
      checkKarn(end, waits, notes);
      checkRestart(end, waits, schedule, notes);
      checkR1(run, end, waits, schedule, notes);
      checkPatience(end, waits, schedule, notes);
      checkEnd(end, waits, schedule, notes);
    }
  },
});

/** Linear SYN timeouts, slack and timestamps are other schedules. */
function isPlain(run: Run, host: string): boolean {
  const { synLinear, rtoSlopUs, synR2Exact } = run.paramsOf(host);
  return synLinear === 0 && rtoSlopUs === 0 && synR2Exact === 0;
}

function scheduleOf(run: Run, host: string): Schedule {
  const given = run.givenTo(host);
  const names = Object.keys(USUAL) as (keyof Schedule)[];
  return Object.fromEntries(names.map((name) => [name, given[name] ?? USUAL[name]])) as Schedule;
}

function stamped(end: End): boolean {
  return end.sent.some(({ options }) => options.some(({ name }) => name === "timestamps"));
}

function checkLengths(end: End, waits: readonly Wait[], schedule: Schedule, notes: Notes): void {
  const least = Math.min(schedule.initialRtoUs, schedule.minRtoUs);
  for (const { setAtUs, deadlineUs } of waits) {
    notes.met("timer set");
    const length = deadlineUs - setAtUs;
    if (length >= least && length <= schedule.maxRtoUs) continue;
    const what = `the timer is set to ${length} µs; from ${least} to ${schedule.maxRtoUs} would be right`;
    notes.broken(what, { atUs: setAtUs, host: end.host });
  }
}

/** RFC 6298 §5.5. What comes in meanwhile may tell of another round trip. */
function checkBackOff(end: End, waits: readonly Wait[], schedule: Schedule, notes: Notes): void {
  for (const [index, wait] of waits.entries()) {
    const next = waits[index + 1];
    if (!wait.ranOut || next?.setAtUs !== wait.deadlineUs || !next.again) continue;
    const heard = end.heard.some(({ atUs, segment }) => {
      return atUs > wait.setAtUs && atUs <= wait.deadlineUs && has(segment, "ACK");
    });
    if (heard) continue;
    notes.met("timer backed off");
    const [before, after] = [wait.deadlineUs - wait.setAtUs, next.deadlineUs - next.setAtUs];
    const right = Math.min(schedule.maxRtoUs, 2 * before);
    if (after === right) continue;
    const what = `the timer ran out after ${before} µs and is set to ${after} µs, not ${right}`;
    notes.broken(what, { atUs: next.setAtUs, host: end.host });
  }
}

/** RFC 6298 §2.1, §2.2, §5.7: the first timer of all, and the first one after the handshake. */
function checkFirst(end: End, waits: readonly Wait[], schedule: Schedule, notes: Notes): void {
  const [first] = waits;
  const length = first === undefined ? schedule.initialRtoUs : first.deadlineUs - first.setAtUs;
  if (length !== schedule.initialRtoUs) {
    const what = `the first timer is set to ${length} µs, not ${schedule.initialRtoUs}`;
    notes.broken(what, { atUs: first?.setAtUs ?? end.bornAtUs, host: end.host });
  }
  const change = opening(end);
  const acked = end.heard.find(({ atUs, segment }) => {
    return segment.id === change?.segment && atUs === change.atUs;
  });
  if (acked === undefined || stamped(end)) return;
  const next = waits.find((wait) => wait.setAtUs >= acked.atUs && wait.runs === 0);
  const more = end.heard.some(({ atUs, segment }) => {
    return (
      segment !== acked.segment &&
      atUs >= acked.atUs &&
      atUs <= (next?.setAtUs ?? 0) &&
      has(segment, "ACK")
    );
  });
  if (next === undefined || more) return;
  const right = lengthAfterHandshake(end, waits, acked.atUs, schedule, notes);
  const found = next.deadlineUs - next.setAtUs;
  if (right === undefined || right === found) return;
  notes.broken(`after the handshake the timer is set to ${found} µs, not ${right}`, {
    ...{ atUs: next.setAtUs, host: end.host },
  });
}

function lengthAfterHandshake(
  end: End,
  waits: readonly Wait[],
  ackedAtUs: number,
  schedule: Schedule,
  notes: Notes,
): number | undefined {
  const syns = end.sent.filter((sent) => has(sent, "SYN") && sent.sentAtUs <= ackedAtUs);
  const timedOut = waits.some(({ ranOut, deadlineUs }) => ranOut && deadlineUs <= ackedAtUs);
  if (timedOut) {
    notes.met("SYN timed out");
    return schedule.initialRtoUs < schedule.rtoAfterLostSynUs
      ? schedule.rtoAfterLostSynUs
      : undefined;
  }
  const [syn, second] = syns;
  if (syn === undefined || second !== undefined) return undefined;
  notes.met("first round trip known");
  const roundTrip = ackedAtUs - syn.sentAtUs;
  const deviation = Math.max(schedule.clockGranularityUs, 4 * Math.floor(roundTrip / 2));
  const rto = Math.max(1, roundTrip) + deviation;
  return Math.min(schedule.maxRtoUs, Math.max(schedule.minRtoUs, rto));
}

/** Karn's rule, RFC 6298 §3: no round trip is known of what was sent again. */
function checkKarn(end: End, waits: readonly Wait[], notes: Notes): void {
  if (stamped(end)) return;
  const opened = opening(end);
  for (const [index, wait] of waits.entries()) {
    const next = waits[index + 1];
    if (!wait.ranOut || next?.setAtUs !== wait.deadlineUs || !next.again) continue;
    if (opened === undefined || wait.deadlineUs <= opened.atUs) continue;
    checkNotShorter(end, wait, next, waits.slice(index + 2), notes);
  }
}

function checkNotShorter(
  end: End,
  out: Wait,
  set: Wait,
  later: readonly Wait[],
  notes: Notes,
): void {
  // A probe's octet may be new, and is sent only once then.
  const before = end.sent.filter((sent) => sent.sentAtUs < out.deadlineUs && lengthOf(sent) > 0);
  const furthest = before.reduce(
    (most, sent) => (seqDiff(endOf(sent), most) > 0 ? endOf(sent) : most),
    end.iss ?? 0,
  );
  const news = end.heard.find(({ atUs, segment }) => {
    return atUs > out.deadlineUs && acknowledges(segment, seqAdd(furthest, 1));
  });
  const length = set.deadlineUs - set.setAtUs;
  for (const wait of later) {
    if (wait.setAtUs >= (news?.atUs ?? Number.POSITIVE_INFINITY)) return;
    notes.met("Karn's rule");
    if (wait.deadlineUs - wait.setAtUs >= length) continue;
    const what = `the timer is set to ${wait.deadlineUs - wait.setAtUs} µs after ${length} µs, and nothing that was sent only once has been acknowledged since`;
    notes.broken(what, { atUs: wait.setAtUs, host: end.host });
    return;
  }
}

/** RFC 6298 §5.3: an acknowledgment of something new sets the timer of what is left afresh. */
function checkRestart(end: End, waits: readonly Wait[], schedule: Schedule, notes: Notes): void {
  const opened = opening(end)?.atUs ?? Number.POSITIVE_INFINITY;
  let una = end.iss ?? 0;
  let repeated = 0;
  for (const heard of end.heard) {
    const { atUs, segment } = heard;
    if (!has(segment, "ACK") || has(segment, "RST")) continue;
    const acked = seqDiff(segment.ack, una);
    if (acked <= 0) {
      repeated += 1;
      // In a recovery only the first partial acknowledgment counts (RFC 6582 §3.2).
      if (repeated >= 3) return;
      continue;
    }
    repeated = 0;
    una = segment.ack;
    if (atUs <= opened || atUs >= end.endedAtUs || stamped(end)) continue;
    const before = end.sent.filter((sent) => sent.sentAtUs < atUs);
    const left = before.some((sent) => seqDiff(endOf(sent), segment.ack) > 0);
    const running = waits.findLast(({ setAtUs, deadlineUs }) => {
      return setAtUs < atUs && deadlineUs > atUs;
    });
    if (running === undefined || !left || !isTakenForCertain(end, heard)) continue;
    const afresh = waits.some(({ setAtUs }) => setAtUs === atUs);
    // A round trip that is known now may have made the new one just as long as what is left.
    const asLong = running.deadlineUs - atUs >= schedule.minRtoUs;
    if (!afresh && asLong && isTimed(before, segment.ack, acked)) continue;
    notes.met("timer set afresh");
    if (afresh) continue;
    const what = `${segment.id} acknowledges something new, and the timer of what is left runs on`;
    notes.broken(what, { atUs, host: end.host, segment: segment.id });
  }
}

/** Whether anything of what is acknowledged was sent only once: of that a round trip is known. */
function isTimed(sent: readonly TraceSegment[], ack: number, acked: number): boolean {
  const numbered = sent.filter((one) => lengthOf(one) > 0);
  return numbered.some((one) => {
    const behind = seqDiff(ack, endOf(one));
    const again = numbered.some((other) => other !== one && other.seq === one.seq);
    return behind >= 0 && behind < acked && !again;
  });
}

/** §3.8.3, R1: the user hears of it at that retransmission, and at no other. */
function checkR1(
  run: Run,
  end: End,
  waits: readonly Wait[],
  schedule: Schedule,
  notes: Notes,
): void {
  const told = run.trace.events.filter((event) => {
    if (event.type !== "signal" || event.host !== end.host || event.signal !== R1) return false;
    return event.atUs >= end.bornAtUs && event.atUs <= end.endedAtUs;
  });
  const opened = opening(end)?.atUs ?? Number.POSITIVE_INFINITY;
  // What seems to run on from the SYN was set afresh, with the same deadline.
  const isUnclear = ({ sinceUs, setAtUs }: Wait) => sinceUs < opened && opened < setAtUs;
  const counted = waits.filter((wait) => !isUnclear(wait));
  const due = counted.filter(({ again, runs }) => again && runs === schedule.r1Retransmissions);
  notes.met("R1 reached", due.length);
  for (const { setAtUs } of due) {
    if (told.some(({ atUs }) => atUs === setAtUs)) continue;
    notes.broken(`retransmission ${schedule.r1Retransmissions}, and its user is not told`, {
      ...{ atUs: setAtUs, host: end.host },
    });
  }
  for (const { atUs } of told) {
    const unclear = waits.some((wait) => wait.setAtUs === atUs && isUnclear(wait));
    if (unclear || due.some(({ setAtUs }) => setAtUs === atUs) || isShared(run, end)) continue;
    const what = `its user is told of R1, and it is not retransmission ${schedule.r1Retransmissions}`;
    notes.broken(what, { atUs, host: end.host });
  }
}

/** Whether another connection of this host was there at the same time. */
function isShared(run: Run, end: End): boolean {
  return run.ends.some((other) => {
    const together = other.bornAtUs <= end.endedAtUs && other.endedAtUs >= end.bornAtUs;
    return other !== end && other.host === end.host && together;
  });
}

/** How long what is sent at this time may go unanswered before it is given up. */
function patienceOf(end: End, atUs: number, { r2Us, synR2Us }: Schedule): number {
  const opened = opening(end);
  // Whose user closed before the SYN was acknowledged may wait for that in CLOSING, too.
  const closedEarly = end.states.some(({ from, to }) => {
    return from === "SYN-RECEIVED" && to === "FIN-WAIT-1";
  });
  if (closedEarly) return Math.max(r2Us, synR2Us);
  return opened === undefined || opened.atUs > atUs ? synR2Us : r2Us;
}

/** At R2 the connection is given up: no timer is set once more when that time is over. */
function checkPatience(end: End, waits: readonly Wait[], schedule: Schedule, notes: Notes): void {
  for (const { again, setAtUs, sinceUs } of waits) {
    if (!again) continue;
    // Whatever has come in meanwhile may have been an answer.
    const heardAtUs = end.heard.findLast(({ atUs }) => atUs <= setAtUs)?.atUs ?? 0;
    const waited = setAtUs - Math.max(sinceUs, heardAtUs);
    if (waited < patienceOf(end, setAtUs, schedule)) continue;
    const what = `sent again after ${waited} µs without a word from the peer, which is past R2`;
    notes.broken(what, { atUs: setAtUs, host: end.host });
  }
}

/** Whoever gives up has waited, and has had no answer to a probe. */
function checkEnd(end: End, waits: readonly Wait[], schedule: Schedule, notes: Notes): void {
  const { ending } = end;
  if (ending === undefined || (ending.cause !== R2 && ending.cause !== USER_TIMEOUT)) return;
  notes.met("given up");
  const last = waits.at(-1);
  const answeredAtUs = lastAnswerToProbe(end);
  if (answeredAtUs > 0) notes.met("probe answered");
  const sinceUs = Math.max(last?.sinceUs ?? end.bornAtUs, answeredAtUs);
  const waited = ending.atUs - sinceUs;
  const opened = ending.from !== "SYN-SENT" && ending.from !== "SYN-RECEIVED";
  const r2 = opened
    ? schedule.r2Us
    : Math.min(schedule.synR2Us, patienceOf(end, ending.atUs, schedule));
  const least = ending.cause === R2 ? r2 : schedule.userTimeoutUs;
  if (waited >= least) return;
  const what = `given up by ${ending.cause} after ${waited} µs; ${least} µs would be right`;
  notes.broken(what, { atUs: ending.atUs, host: end.host });
}

/** When the peer last said, in its place, that its window is shut. */
function lastAnswerToProbe(end: End): number {
  const answer = end.heard.findLast((heard) => {
    const { window, length } = heard.segment;
    return window === 0 && length === 0 && isTakenForCertain(end, heard);
  });
  return answer?.atUs ?? 0;
}
