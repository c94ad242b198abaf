import { seqAdd, seqDiff } from "@synfin/core/tcp";
import type { TraceCall, TraceTimer } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import { callsOf } from "../run/calls.ts";
import { type End, isTwofold, opening } from "../run/end.ts";
import type { Run } from "../run/run.ts";
import { endOf, has, lengthOf } from "../run/sequence.ts";

/**
 * Whenever something of an end's is unacknowledged (SYN, text or FIN), its
 * retransmission timer runs, or that of the zero-window probe, and when it
 * runs out the oldest of it is sent again, unless the connection ends then
 * (RFC 6298 §5.1, §5.4; RFC 9293 §3.8.1, §3.10.8); and so it is while something
 * that its user has handed over waits to be sent, and nothing is outstanding:
 * then the next of it goes out, be it past a window that is shut (§3.8.6.1:
 * MUST-36; RFC 2525 §2.12: window probe deadlock). A connection that awaits
 * an answer without a timer waits for ever if the answer is lost, and a timer
 * that sends nothing draws none.
 *
 * Looked at between microseconds: within one, a segment may go out before its
 * timer is set.
 */
export const outstandingIsTimed: Law<Run> = defineLaw({
  name: "outstandingIsTimed",
  source: "RFC 6298 §5; RFC 9293 §3.8.1, §3.8.6.1 MUST-36, §3.10.8",
  says: "What is unacknowledged or waits has a timer, and is sent again when that runs out.",
  premises: [
    "moment with something unacknowledged",
    "moment with something unsent",
    "timer ran out",
    "window probed",
  ],
  examine(run, notes) {
    for (const end of run.ends) checkEnd(run, end, notes);
  },
});

/** What one end knows between two microseconds. */
interface Watch {
  sentEnd: number;
  acked: number;
  /** One past what the user has handed over, the FIN of a CLOSE included. */
  given: number;
  /** The timers that run; one takes over from the other as a window shuts or opens. */
  readonly running: Set<string>;
}

type Step = readonly [atUs: number, apply: (watch: Watch) => void];

function checkEnd(run: Run, end: End, notes: Notes): void {
  if (end.iss === undefined) return;
  const given = seqAdd(end.iss, 1);
  const watch: Watch = { sentEnd: end.iss, acked: end.iss, given, running: new Set() };
  const timers = timersOf(run, end);
  const ranOutAt = timers.filter(({ action }) => action === "expire").map(({ atUs }) => atUs);
  const steps = stepsOf(run, end, timers);
  const openAtUs = isTwofold(end) ? undefined : opening(end)?.atUs;
  let before = { ...watch };
  for (const [index, [atUs, apply]] of steps.entries()) {
    apply(watch);
    if (steps[index + 1]?.[0] === atUs) continue;
    if (atUs < end.endedAtUs) {
      const isOpen = openAtUs !== undefined && atUs >= openAtUs;
      const outstanding = seqDiff(before.sentEnd, watch.acked) > 0;
      if (ranOutAt.includes(atUs)) {
        if (outstanding) checkSentAgain(end, atUs, watch, notes);
        else if (isOpen && isWaiting(before)) checkProbed(end, atUs, before, notes);
      }
      checkTimer(end, atUs, watch, notes);
      if (isOpen) checkWaiting(end, atUs, watch, notes);
    }
    before = { ...watch };
  }
}

/** Whether something waits to be sent, and nothing is outstanding. */
function isWaiting({ acked, given, sentEnd }: Watch): boolean {
  return seqDiff(sentEnd, acked) <= 0 && seqDiff(given, sentEnd) > 0;
}

function checkTimer(end: End, atUs: number, watch: Watch, notes: Notes): void {
  if (seqDiff(watch.sentEnd, watch.acked) <= 0) return;
  notes.met("moment with something unacknowledged");
  if (watch.running.size > 0) return;
  const what = `${watch.acked} to ${watch.sentEnd} is unacknowledged, and no timer runs`;
  notes.broken(what, { atUs, host: end.host });
}

/** Text that waits for a window, and a FIN behind it, have the timer of the probe (§3.8.6.1). */
function checkWaiting(end: End, atUs: number, watch: Watch, notes: Notes): void {
  const { given, running, sentEnd } = watch;
  if (!isWaiting(watch)) return;
  notes.met("moment with something unsent");
  if (running.size > 0) return;
  const what = `${sentEnd} to ${given} waits to be sent, and no timer runs`;
  notes.broken(what, { atUs, host: end.host });
}

/** The end may have refused an acknowledgment that we counted, and begin before it. */
function checkSentAgain(end: End, atUs: number, { acked }: Watch, notes: Notes): void {
  notes.met("timer ran out");
  const again = end.sent.some((segment) => {
    return segment.sentAtUs === atUs && lengthOf(segment) > 0 && seqDiff(segment.seq, acked) <= 0;
  });
  if (!again)
    notes.broken(`the timer ran out, and ${acked} is not sent again`, { atUs, host: end.host });
}

/** §3.8.6.1: an octet, or the FIN, goes out past the edge. */
function checkProbed(end: End, atUs: number, { given, sentEnd }: Watch, notes: Notes): void {
  notes.met("window probed");
  if (end.sent.some((one) => one.sentAtUs === atUs && lengthOf(one) > 0)) return;
  const what = `the timer ran out, ${sentEnd} to ${given} waits, and nothing of it is sent`;
  notes.broken(what, { atUs, host: end.host });
}

function timersOf(run: Run, end: End): TraceTimer[] {
  return run.trace.events.filter((event): event is TraceTimer => {
    const mine = event.type === "timer" && event.host === end.host;
    const sends = mine && (event.timer === "retransmission" || event.timer === "persist");
    return sends && within(end, event.atUs);
  });
}

function stepsOf(run: Run, end: End, timers: readonly TraceTimer[]): Step[] {
  const sent = end.sent.map((segment): Step => {
    return [segment.sentAtUs, (watch) => sentUpTo(watch, endOf(segment), lengthOf(segment))];
  });
  const heard = end.heard.map(({ atUs, segment }): Step => {
    const counts = has(segment, "ACK") && !has(segment, "RST");
    return [atUs, (watch) => counts && ackedUpTo(watch, segment.ack)];
  });
  const ticks = timers.map((event): Step => [event.atUs, (watch) => setTimer(watch, event)]);
  const back = end.states.filter(({ from, to }) => from === "SYN-RECEIVED" && to === "TIME-WAIT");
  // What the connection that gave way has sent is no one's any more (MAY-2, §3.6.1).
  const withdrawn = back.map(({ atUs }): Step => [atUs, (watch) => withdraw(watch)]);
  const calls = callsOf(run, end).map((call): Step => [call.atUs, (watch) => give(watch, call)]);
  return [...sent, ...heard, ...ticks, ...withdrawn, ...calls].sort(([a], [b]) => a - b);
}

function within(end: End, atUs: number): boolean {
  return atUs >= end.bornAtUs && atUs <= end.endedAtUs;
}

function sentUpTo(watch: Watch, sentEnd: number, length: number): void {
  if (length > 0 && seqDiff(sentEnd, watch.sentEnd) > 0) watch.sentEnd = sentEnd;
}

/** An acknowledgment of what was never sent counts for nothing. */
function ackedUpTo(watch: Watch, ack: number): void {
  if (seqDiff(ack, watch.acked) > 0 && seqDiff(ack, watch.sentEnd) <= 0) watch.acked = ack;
}

function give(watch: Watch, { call, length = 0 }: TraceCall): void {
  const closes = call === "close" || call === "shutdown";
  watch.given = seqAdd(watch.given, call === "send" ? length : closes ? 1 : 0);
}

function withdraw(watch: Watch): void {
  watch.acked = watch.sentEnd;
}

function setTimer({ running }: Watch, { timer, action }: TraceTimer): void {
  if (action === "start" || action === "restart") running.add(timer);
  else running.delete(timer);
}
