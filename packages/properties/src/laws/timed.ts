import { seqDiff } from "@synfin/core/tcp";
import type { TraceTimer } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import type { End } from "../run/end.ts";
import type { Run } from "../run/run.ts";
import { endOf, has, lengthOf } from "../run/sequence.ts";

/**
 * Whenever something of an end's is unacknowledged (SYN, text or FIN), its
 * retransmission timer runs (RFC 6298 §5.1; RFC 9293 §3.8.1). A connection
 * that awaits an answer without a timer waits for ever if the answer is lost.
 *
 * Looked at between microseconds: within one, a segment may go out before its
 * timer is set.
 */
export const outstandingIsTimed: Law<Run> = defineLaw({
  name: "outstandingIsTimed",
  source: "RFC 6298 §5.1; RFC 9293 §3.8.1",
  says: "While something is unacknowledged the retransmission timer runs.",
  premises: ["moment with something unacknowledged", "timer ran out"],
  examine(run, notes) {
    for (const end of run.ends) checkEnd(run, end, notes);
  },
});

/** What one end knows between two microseconds. */
interface Watch {
  sentEnd: number;
  acked: number;
  running: boolean;
}

type Step = readonly [atUs: number, apply: (watch: Watch) => void];

function checkEnd(run: Run, end: End, notes: Notes): void {
  if (end.iss === undefined) return;
  const watch: Watch = { sentEnd: end.iss, acked: end.iss, running: false };
  const steps = stepsOf(run, end, notes);
  for (const [index, [atUs, apply]] of steps.entries()) {
    apply(watch);
    const more = steps[index + 1]?.[0] === atUs;
    if (more || atUs >= end.endedAtUs || seqDiff(watch.sentEnd, watch.acked) <= 0) continue;
    notes.met("moment with something unacknowledged");
    if (watch.running) continue;
    const what = `${watch.acked} to ${watch.sentEnd} is unacknowledged, and no timer runs`;
    notes.broken(what, { atUs, host: end.host });
    return;
  }
}

function stepsOf(run: Run, end: End, notes: Notes): Step[] {
  const sent = end.sent.map((segment): Step => {
    return [segment.sentAtUs, (watch) => sentUpTo(watch, endOf(segment), lengthOf(segment))];
  });
  const heard = end.heard.map(({ atUs, segment }): Step => {
    const counts = has(segment, "ACK") && !has(segment, "RST");
    return [atUs, (watch) => counts && ackedUpTo(watch, segment.ack)];
  });
  const timers = run.trace.events.filter((event): event is TraceTimer => {
    const mine = event.type === "timer" && event.host === end.host;
    return mine && event.timer === "retransmission" && within(end, event.atUs);
  });
  const ticks = timers.map(({ atUs, action }): Step => {
    if (action === "expire") notes.met("timer ran out");
    return [atUs, (watch) => setTimer(watch, action)];
  });
  return [...sent, ...heard, ...ticks].sort(([a], [b]) => a - b);
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

function setTimer(watch: Watch, action: TraceTimer["action"]): void {
  watch.running = action === "start" || action === "restart";
}
