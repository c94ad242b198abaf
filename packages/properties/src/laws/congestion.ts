import { seqAdd, seqDiff } from "@synfin/core/tcp";
import type { TraceSegment } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import { callsOf, soleArrivals } from "../run/calls.ts";
import { type End, type Heard, opening } from "../run/end.ts";
import type { Run } from "../run/run.ts";
import { describeSegment, endOf, has, placeOf } from "../run/sequence.ts";
import { isTakenForCertain } from "../run/taken.ts";
import { waitsOf } from "../run/timers.ts";

/**
 * No more text is in flight than RFC 5681 lets be: two to four segments to
 * begin with, one after a SYN or anything else timed out, and for each
 * acknowledgment of something new one more in slow start, one for each round
 * trip above ssthresh; on the third duplicate half of it (RFC 9293 §3.8.2:
 * MUST-19; RFC 6582; RFC 3042). The law keeps a window of its own that is
 * never less than the right one, and sees who sends past it: RFC 2525's
 * senders without slow start (§2.1, §2.2), with an uninitialized window (§2.3),
 * with an extra constant (§2.6), without deflation (§2.8), and those that send
 * more than one segment when the timer runs out (§2.14).
 */
export const flightFitsTheNetwork: Law<Run> = defineLaw({
  name: "flightFitsTheNetwork",
  source: "RFC 5681 §3; RFC 6582 §3.2; RFC 3042; RFC 9293 §3.8.2 MUST-19",
  says: "No more text is in flight than slow start and congestion avoidance let be.",
  premises: ["text within the window", "window filled", "timed out", "duplicate acknowledgment"],
  examine(run, notes) {
    for (const end of run.ends) checkEnd(run, end, notes);
  },
});

/** An upper bound of what RFC 5681 calls cwnd, with what it depends on. */
interface Bound {
  /** SND.UNA at the most, and at the least: an acknowledgment may have been refused. */
  una: number;
  taken: number;
  furthest: number;
  cwnd: number;
  ssthresh: number;
  duplicates: number;
  /** Whether the timer has run out since the last acknowledgment of something new. */
  timedOut: boolean;
  /** Whether something may have been acknowledged since then. */
  doubtful: boolean;
  /** One past what was sent when the last loss was seen; undefined outside of recovery. */
  recover: number | undefined;
  /** One past what was sent when the timer ran out: no recovery begins below (RFC 6582 §3.2). */
  lost: number;
}

type Step = readonly [atUs: number, rank: number, apply: () => void];

function checkEnd(run: Run, end: End, notes: Notes): void {
  if (end.iss === undefined || end.irs === undefined) return;
  const smss = sizeOf(run, end);
  const first = seqAdd(end.iss, 1);
  const bound: Bound = {
    ...{
      una: first,
      taken: first,
      furthest: first,
      cwnd: initial(run, end, smss),
      ssthresh: Number.POSITIVE_INFINITY,
    },
    ...{ duplicates: 0, timedOut: false, doubtful: false, recover: undefined, lost: end.iss },
  };
  const timeouts = waitsOf(run, end)
    .filter(({ ranOut }) => ranOut)
    .map(({ deadlineUs }) => deadlineUs);
  const opened = opening(end)?.atUs ?? Number.POSITIVE_INFINITY;
  const sole = soleArrivals(run, end);
  const busy = new Set([...end.heard, ...callsOf(run, end)].map(({ atUs }) => atUs));
  const steps: Step[] = [
    ...end.heard.map((heard): Step => {
      const hearing = hearingOf(end, heard, smss, sole);
      return [heard.atUs, 0, () => hear(bound, heard.segment, hearing, notes)];
    }),
    ...timeouts
      .filter((atUs) => atUs > opened)
      .map((atUs): Step => {
        const timesOut = () => {
          const sentEnd = busy.has(atUs) ? sentUpTo(end, atUs) : bound.furthest;
          timeOut(bound, smss, sentEnd, notes);
        };
        return [atUs, 1, timesOut];
      }),
    ...end.sent.map((segment): Step => {
      const { sentAtUs } = segment;
      const byTimer = timeouts.includes(sentAtUs);
      // What comes in the microsecond of a timeout may set something off before it.
      const mixed = byTimer && busy.has(sentAtUs);
      const wasShut = () => isSaidToBeShut(end, segment);
      return [sentAtUs, 2, () => send(bound, segment, { smss, byTimer, mixed, wasShut }, notes)];
    }),
  ];
  steps.sort(([a, one], [b, two]) => a - b || one - two);
  for (const [, , apply] of steps) apply();
}

function sizeOf(run: Run, end: End): number {
  const syn = end.heard.find(
    ({ segment }) => has(segment, "SYN") && segment.seq === end.irs,
  )?.segment;
  const offered = syn?.options.find(({ name }) => name === "mss")?.value ?? 536;
  return Math.min(Math.max(64, offered), run.paramsOf(end.host).mss);
}

/** RFC 5681 §3.1; one segment where the SYN timed out. */
function initial(run: Run, end: End, smss: number): number {
  const { initialWindow } = run.paramsOf(end.host);
  const syns = end.sent.filter((segment) => has(segment, "SYN"));
  const gaps = syns.slice(1).filter((segment, index) => {
    return segment.flags.join() === syns[index]?.flags.join();
  });
  if (gaps.length > 0 && waitsOf(run, end).some(({ runs }) => runs > 0)) return smss;
  const usual = smss > 2190 ? 2 : smss > 1095 ? 3 : 4;
  return (initialWindow || usual) * smss;
}

interface Hearing {
  readonly smss: number;
  /** Whether nothing else happened in this microsecond: what is sent then is the answer to it. */
  readonly alone: boolean;
  /** One past the last that was sent up to this microsecond. */
  readonly sentEnd: () => number;
  /** Whether the end has looked at it for certain. */
  readonly isSure: () => boolean;
}

function hearingOf(end: End, heard: Heard, smss: number, sole: ReadonlySet<number>): Hearing {
  const { atUs } = heard;
  return {
    smss,
    alone: sole.has(atUs),
    sentEnd: () => sentUpTo(end, atUs),
    isSure: () => isTakenForCertain(end, heard),
  };
}

/** One past the last that an end has sent up to this microsecond. */
function sentUpTo(end: End, atUs: number): number {
  const sent = end.sent.filter(({ sentAtUs }) => sentAtUs <= atUs);
  return sent.reduce((most, one) => later(most, endOf(one)), end.iss ?? 0);
}

function later(one: number, two: number): number {
  return seqDiff(two, one) > 0 ? two : one;
}

function hear(bound: Bound, segment: TraceSegment, hearing: Hearing, notes: Notes): void {
  if (!has(segment, "ACK") || has(segment, "RST")) return;
  const { smss, alone } = hearing;
  const { ack } = segment;
  // Another of this microsecond may have had something sent before this one came.
  const sentEnd = alone ? bound.furthest : later(bound.furthest, hearing.sentEnd());
  if (seqDiff(ack, sentEnd) > 0 || seqDiff(ack, bound.taken) < 0) return;
  const { duplicates } = bound;
  const news = seqDiff(ack, bound.una);
  const sure = seqDiff(ack, bound.taken) > 0 && hearing.isSure();
  if (news > 0 && sure) advance(bound, news, smss);
  else if (seqDiff(sentEnd, bound.taken) > 0) {
    bound.duplicates += 1;
    notes.met("duplicate acknowledgment");
    if (bound.recover !== undefined) bound.cwnd += smss;
    if (seqDiff(ack, bound.taken) > 0) doubt(bound, ack, smss);
    if (sure) bound.taken = ack;
  }
  // In which order the others of this microsecond were answered is not told.
  const recovering = Math.max(duplicates, bound.duplicates) >= 3 || bound.recover !== undefined;
  if (!alone && (recovering || bound.duplicates < duplicates)) forget(bound);
}

/** It may have been the first to say so, or have been refused, or an earlier one was. */
function doubt(bound: Bound, ack: number, smss: number): void {
  bound.una = later(bound.una, ack);
  bound.doubtful = true;
  if (bound.recover === undefined) bound.cwnd += smss;
  else forget(bound);
}

/** Nothing is known of the window until the timer runs out again. */
function forget(bound: Bound): void {
  bound.cwnd = Number.POSITIVE_INFINITY;
  bound.ssthresh = Number.POSITIVE_INFINITY;
  bound.recover = undefined;
}

function advance(bound: Bound, acked: number, smss: number): void {
  bound.una = seqAdd(bound.una, acked);
  bound.taken = bound.una;
  bound.duplicates = 0;
  bound.timedOut = false;
  bound.doubtful = false;
  if (bound.recover !== undefined) {
    if (seqDiff(bound.recover, bound.una) <= 0) {
      const flight = seqDiff(bound.furthest, bound.una);
      bound.cwnd = Math.min(bound.ssthresh, Math.max(flight, smss) + smss);
      bound.recover = undefined;
    } else bound.cwnd = Math.max(smss, bound.cwnd - acked) + smss;
    return;
  }
  const { cwnd, ssthresh } = bound;
  if (cwnd < ssthresh) bound.cwnd += smss;
  // The right one may be just below ssthresh, and grow by a segment once more.
  else bound.cwnd = Math.max(cwnd + Math.max(1, (smss * smss) / cwnd), ssthresh + smss - 1);
}

/** `sentEnd` is one past the last that may have been sent before the timer ran out. */
function timeOut(bound: Bound, smss: number, sentEnd: number, notes: Notes): void {
  notes.met("timed out");
  const half = Math.max(seqDiff(later(bound.furthest, sentEnd), bound.taken) / 2, 2 * smss);
  const flight = seqDiff(bound.furthest, bound.una);
  if (flight > 0) {
    // Only the first timeout of a row halves it (RFC 5681 (4)), and none within a recovery may.
    // A lone octet may be the probe of a shut window, which tells of no loss.
    const unsure = bound.recover !== undefined || bound.doubtful || flight === 1;
    if (unsure) bound.ssthresh = Math.max(bound.ssthresh, half);
    else if (!bound.timedOut) bound.ssthresh = half;
    bound.cwnd = smss;
    bound.timedOut = true;
  }
  bound.duplicates = 0;
  bound.recover = undefined;
  bound.lost = bound.furthest;
}

interface Sending {
  readonly smss: number;
  readonly byTimer: boolean;
  readonly mixed: boolean;
  /** Whether a window was shut before it, and may have just been opened. */
  readonly wasShut: () => boolean;
}

/** Some acknowledgment of all that comes before this segment had no window to offer. */
function isSaidToBeShut({ heard }: End, { seq, sentAtUs }: TraceSegment): boolean {
  return heard.some(({ atUs, segment }) => {
    return atUs <= sentAtUs && has(segment, "ACK") && segment.ack === seq && segment.window === 0;
  });
}

function send(
  bound: Bound,
  segment: TraceSegment,
  { smss, byTimer, mixed, wasShut }: Sending,
  notes: Notes,
): void {
  if (has(segment, "SYN") || (segment.length === 0 && !has(segment, "FIN"))) return;
  const again = seqDiff(segment.seq, bound.furthest) < 0;
  // The first of what is outstanding may always go again; once for each time the timer runs out.
  if (again && seqDiff(segment.seq, bound.una) <= 0) {
    const third = bound.duplicates >= 3 && seqDiff(bound.una, bound.lost) > 0;
    if (byTimer || !third || bound.recover !== undefined) return;
    // What is sent again as a window opens is no sign of a recovery, and none of its absence.
    if (wasShut()) forget(bound);
    else recover(bound, smss);
    return;
  }
  const limited = bound.recover === undefined ? Math.min(2, bound.duplicates) * smss : 0;
  const allowed = Math.max(bound.cwnd, 1) + (again ? 0 : limited);
  const flight = seqDiff(endOf(segment), bound.una);
  if (seqDiff(endOf(segment), bound.furthest) > 0) bound.furthest = endOf(segment);
  // go-back-N begins a segment while there is any room, and the FIN takes a number of its own.
  const over = again ? flight - segment.length - allowed : flight - allowed;
  notes.met(over > -smss ? "window filled" : "text within the window");
  // What is sent again begins within the window; what is new may be past it by less than a segment.
  if (mixed || over < (again ? 0 : smss)) return;
  const what = `${describeSegment(segment)} makes ${flight} octets in flight; ${Math.floor(allowed)} would be right`;
  notes.broken(what, placeOf(segment));
}

function recover(bound: Bound, smss: number): void {
  // It may have been recovering before.
  if (seqDiff(bound.una, bound.taken) > 0 || bound.cwnd === Number.POSITIVE_INFINITY) {
    forget(bound);
    return;
  }
  const flight = seqDiff(bound.furthest, bound.una);
  bound.ssthresh = Math.max(flight / 2, 2 * smss);
  bound.recover = bound.furthest;
  // More than the third may have come within this microsecond.
  bound.cwnd = bound.ssthresh + bound.duplicates * smss;
}
