import { seqAdd, seqDiff } from "@synfin/core/tcp";
import type { TraceSegment } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import type { End } from "../run/end.ts";
import type { Run } from "../run/run.ts";
import { describeSegment, endOf, has, placeOf } from "../run/sequence.ts";
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
  una: number;
  furthest: number;
  cwnd: number;
  ssthresh: number;
  duplicates: number;
  /** Whether the timer has run out since the last acknowledgment of something new. */
  timedOut: boolean;
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
      furthest: first,
      cwnd: initial(run, end, smss),
      ssthresh: Number.POSITIVE_INFINITY,
    },
    ...{ duplicates: 0, timedOut: false, recover: undefined, lost: end.iss },
  };
  const timeouts = waitsOf(run, end)
    .filter(({ ranOut }) => ranOut)
    .map(({ deadlineUs }) => deadlineUs);
  const opened =
    end.heard.find(({ segment }) => has(segment, "ACK") && segment.ack === first)?.atUs ?? 0;
  const steps: Step[] = [
    ...end.heard.map(({ atUs, segment }, index): Step => {
      const alone = end.heard[index - 1]?.atUs !== atUs && end.heard[index + 1]?.atUs !== atUs;
      return [atUs, 0, () => hear(bound, segment, { smss, alone }, notes)];
    }),
    ...timeouts
      .filter((atUs) => atUs > opened)
      .map((atUs): Step => [atUs, 1, () => timeOut(bound, smss, notes)]),
    ...end.sent.map((segment): Step => {
      const { sentAtUs } = segment;
      const byTimer = timeouts.includes(sentAtUs);
      // What arrives in the microsecond of a timeout comes before it, and may set something off.
      const mixed = byTimer && end.heard.some(({ atUs }) => atUs === sentAtUs);
      return [sentAtUs, 2, () => send(bound, segment, { smss, byTimer, mixed }, notes)];
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
  /** Whether nothing else came in this microsecond: what is sent then is the answer to it. */
  readonly alone: boolean;
}

function hear(bound: Bound, segment: TraceSegment, { smss, alone }: Hearing, notes: Notes): void {
  if (!has(segment, "ACK") || has(segment, "RST")) return;
  if (seqDiff(segment.ack, bound.furthest) > 0) return;
  const acked = seqDiff(segment.ack, bound.una);
  const before = bound.duplicates;
  if (acked > 0) advance(bound, acked, smss);
  else if (acked === 0 && seqDiff(bound.furthest, bound.una) > 0) {
    bound.duplicates += 1;
    notes.met("duplicate acknowledgment");
    if (bound.recover !== undefined) bound.cwnd += smss;
  }
  // In which order the others of this microsecond were answered is not told.
  if (!alone && (Math.max(before, bound.duplicates) >= 3 || bound.recover !== undefined)) {
    forget(bound);
  }
}

/** Nothing is known of the window until the timer runs out again. */
function forget(bound: Bound): void {
  bound.cwnd = Number.POSITIVE_INFINITY;
  bound.ssthresh = Number.POSITIVE_INFINITY;
  bound.recover = undefined;
}

function advance(bound: Bound, acked: number, smss: number): void {
  bound.una = seqAdd(bound.una, acked);
  bound.duplicates = 0;
  bound.timedOut = false;
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

function timeOut(bound: Bound, smss: number, notes: Notes): void {
  notes.met("timed out");
  const flight = seqDiff(bound.furthest, bound.una);
  if (flight > 0) {
    const half = Math.max(flight / 2, 2 * smss);
    // Only the first timeout of a row halves it (RFC 5681 (4)), and none within a recovery may.
    if (bound.recover !== undefined) bound.ssthresh = Math.max(bound.ssthresh, half);
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
}

function send(
  bound: Bound,
  segment: TraceSegment,
  { smss, byTimer, mixed }: Sending,
  notes: Notes,
): void {
  if (has(segment, "SYN") || (segment.length === 0 && !has(segment, "FIN"))) return;
  const again = seqDiff(segment.seq, bound.furthest) < 0;
  // The first of what is outstanding may always go again; once for each time the timer runs out.
  if (again && segment.seq === bound.una) {
    const third = bound.duplicates >= 3 && seqDiff(bound.una, bound.lost) > 0;
    if (!byTimer && third && bound.recover === undefined) recover(bound, smss);
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
  const flight = seqDiff(bound.furthest, bound.una);
  bound.ssthresh = Math.max(flight / 2, 2 * smss);
  bound.recover = bound.furthest;
  // More than the third may have come within this microsecond.
  bound.cwnd = bound.ssthresh + bound.duplicates * smss;
}
