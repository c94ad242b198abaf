import { seqAdd, seqDiff } from "@synfin/core/tcp";
import type { TraceSegment } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../../law.ts";
import { type End, firstFin, type Heard } from "../../run/end.ts";
import { judgedEnds, type Run } from "../../run/run.ts";
import { acknowledges, describeSegment, endOf, has } from "../../run/sequence.ts";
import { brokenOffAtUs } from "./broken-off-at.ts";

/** MUST-40: an acknowledgment is delayed by less than half a second. */
const ANSWER_WITHIN_US = 500_000;

/**
 * A FIN that arrives where it is expected, or once more, is acknowledged
 * within half a second, by an end that has neither broken off nor forgotten
 * the connection; one that has answers with a RST (RFC 9293 §3.6, §3.8.6.3,
 * §3.10.7.1, §3.10.7.4). Whoever hears nothing sends its FIN until it gives up.
 */
export const everyFinIsAnswered: Law<Run> = defineLaw({
  name: "everyFinIsAnswered",
  source: "RFC 9293 §3.6, §3.8.6.3, §3.10.7.4",
  says: "A FIN that arrives in its place is acknowledged within half a second.",
  premises: ["FIN arrived in its place", "FIN arrived again"],
  examine(run, notes) {
    for (const end of judgedEnds(run)) {
      for (const fin of finsInPlace(end)) checkAnswer(run, end, fin, notes);
    }
  },
});

function checkAnswer(run: Run, end: End, { atUs, segment: fin }: Heard, notes: Notes): void {
  const dueAtUs = atUs + ANSWER_WITHIN_US;
  if (brokenOffAtUs(run, end) <= dueAtUs) return;
  if (run.cut && run.trace.endedAtUs < dueAtUs) return;
  const known = end.sent.some((sent) => sent.sentAtUs < atUs && acknowledges(sent, endOf(fin)));
  notes.met(known ? "FIN arrived again" : "FIN arrived in its place");
  const answered = end.sent.some(({ sentAtUs, ...sent }) => {
    const inTime = sentAtUs >= atUs && sentAtUs < dueAtUs;
    return inTime && acknowledges({ sentAtUs, ...sent }, endOf(fin));
  });
  if (answered) return;
  const what = `${describeSegment(fin)} arrived, and is not acknowledged within half a second`;
  notes.broken(what, { atUs, host: end.host, segment: fin.id });
}

/**
 * The FINs that begin at or before what the end has acknowledged already, and
 * that lie within the window which it has offered: it cannot but take them.
 * One that was overtaken, and acknowledges less than what came before it, may
 * be refused (RFC 5961 §5.2).
 */
function finsInPlace(end: End): Heard[] {
  return end.heard.filter(({ atUs, segment }) => {
    if (!has(segment, "FIN") || has(segment, "RST") || has(segment, "SYN")) return false;
    const overtaken = end.heard.some((other) => {
      return other.atUs <= atUs && seqDiff(other.segment.ack, segment.ack) > 0;
    });
    if (overtaken) return false;
    const said = end.sent.filter((sent) => sent.sentAtUs < atUs && has(sent, "ACK"));
    return said.some((ack) => {
      const edge = seqAdd(ack.ack, ack.window * (has(ack, "SYN") ? 1 : end.sentScale));
      return seqDiff(segment.seq, ack.ack) <= 0 && seqDiff(endOf(segment), edge) <= 0;
    });
  });
}

/** What TIME-WAIT must last at the very least; by the letter it is 2MSL, four minutes. */
const LEAST_TIME_WAIT_US = 30_000_000;

/**
 * The end that closed before it had taken the peer's FIN goes through
 * TIME-WAIT: if the peer's FIN comes again, because our last acknowledgment
 * was lost, it is acknowledged again, and not answered with a RST (RFC 9293
 * §3.6.1, §3.10.7.4). A peer that is reset in LAST-ACK is told that its
 * connection has failed, though all of it had arrived.
 *
 * By the letter TIME-WAIT lasts 2MSL, four minutes; TCPs in use wait less. The
 * law asks for the first half minute.
 */
export const timeWaitAcknowledgesFin: Law<Run> = defineLaw({
  name: "timeWaitAcknowledgesFin",
  source: "RFC 9293 §3.6.1, §3.10.7.4",
  says: "In TIME-WAIT the peer's FIN is acknowledged again, and not reset.",
  premises: ["TIME-WAIT reached", "FIN arrived in TIME-WAIT"],
  examine(run, notes) {
    for (const end of judgedEnds(run)) checkTimeWait(run, end, notes);
  },
});

function checkTimeWait(run: Run, end: End, notes: Notes): void {
  const entered = timeWaitAtUs(end);
  if (entered === undefined) return;
  notes.met("TIME-WAIT reached");
  const { fin, atUs: sinceUs } = entered;
  const untilUs = Math.min(sinceUs + LEAST_TIME_WAIT_US, brokenOffAtUs(run, end));
  for (const { atUs, segment } of end.heard) {
    if (atUs <= sinceUs || atUs > untilUs || !has(segment, "FIN")) continue;
    notes.met("FIN arrived in TIME-WAIT");
    const reset = run.trace.segments.find((sent) => {
      return sent.from === end.host && sent.sentAtUs === atUs && has(sent, "RST");
    });
    if (reset === undefined) continue;
    const answered = `${describeSegment(segment)}, which came again`;
    const what = `${describeSegment(reset)} answers ${answered}, and not an ACK of ${endOf(fin)}`;
    notes.broken(what, { atUs, host: end.host, segment: reset.id });
  }
}

/** When this end came into TIME-WAIT, and by which FIN of the peer; undefined where never. */
function timeWaitAtUs(end: End): { atUs: number; fin: TraceSegment } | undefined {
  const own = firstFin(end);
  const taken = end.heard.find(({ segment }) => has(segment, "FIN"));
  if (own === undefined || taken === undefined) return undefined;
  const fin = taken.segment;
  // The FIN that acknowledged the peer's was the second one: LAST-ACK, and no TIME-WAIT.
  if (acknowledges(own, endOf(fin))) return undefined;
  const acked = end.heard.find(({ segment }) => acknowledges(segment, endOf(own)));
  const said = end.sent.find((sent) => acknowledges(sent, endOf(fin)));
  if (acked === undefined || said === undefined) return undefined;
  return { atUs: Math.max(acked.atUs, said.sentAtUs), fin };
}
