import { CAUSE_NAMES, Cause } from "@synfin/core/tcp";
import type { TraceSegment, TraceState } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import { type End, firstFin } from "../run/end.ts";
import type { Run } from "../run/run.ts";
import { acknowledges, describeSegment, endOf, has, placeOf } from "../run/sequence.ts";
import { BROKEN_OFF } from "./broken-off.ts";

const OF_FIN = CAUSE_NAMES[Cause.RCV_ACK_OF_FIN];
const RCV_FIN = CAUSE_NAMES[Cause.RCV_FIN];

/**
 * Every FIN is acknowledged, or the trace names how its connection ended
 * instead: a reset, ABORT, a timeout of R2 or of the user, a reboot.
 *
 * A FIN takes a sequence number and is retransmitted like data until its
 * acknowledgment comes (RFC 9293 §3.6, §3.10.4), so a connection that neither
 * hears of its FIN nor gives up has been forgotten. The law looks at both
 * ends: the sender must hear an acknowledgment before it acts as if it had,
 * and whoever takes a FIN must say so, within its delayed-ACK time at most.
 */
export const everyFinAcknowledged: Law<Run> = defineLaw({
  name: "everyFinAcknowledged",
  source: "RFC 9293 §3.6, §3.10.7.4",
  says: "Every FIN is acknowledged, or the trace names how its connection ended instead.",
  premises: ["FIN sent", "FIN acknowledged", "FIN lost", "FIN sent again", "FIN taken"],
  examine(run, notes) {
    for (const end of run.ends) {
      const fin = firstFin(end);
      if (fin !== undefined) checkSender(run, end, fin, notes);
      checkClaims(end, fin, notes);
      const taken = end.states.find(({ cause }) => cause === RCV_FIN);
      if (taken !== undefined) checkReceiver(run, end, taken, notes);
    }
  },
});

function checkSender(run: Run, end: End, fin: TraceSegment, notes: Notes): void {
  countFates(end, notes);
  const acked = end.heard.some(({ segment }) => acknowledges(segment, endOf(fin)));
  if (acked) {
    notes.met("FIN acknowledged");
    return;
  }
  const cause = end.ending?.cause;
  if (cause === undefined) {
    if (run.cut) notes.met("FIN still under way when the run was cut");
    else notes.broken(`${describeSegment(fin)} was never acknowledged`, placeOf(fin));
  } else if (BROKEN_OFF.includes(cause)) {
    notes.met(`FIN given up: ${cause}`);
  } else {
    const what = `${describeSegment(fin)} was never acknowledged, yet ${cause} ended its connection`;
    notes.broken(what, placeOf(fin));
  }
}

function countFates(end: End, notes: Notes): void {
  const fins = end.sent.filter((segment) => has(segment, "FIN"));
  notes.met("FIN sent");
  notes.met("FIN sent again", fins.length - 1);
  const lost = fins.filter(({ arrivals }) => arrivals.some(({ verdict }) => verdict === "drop"));
  notes.met("FIN lost", lost.length);
}

/** A change "by ACK of FIN" needs an acknowledgment of the FIN, in the segment that it names. */
function checkClaims(end: End, fin: TraceSegment | undefined, notes: Notes): void {
  for (const change of end.states) {
    if (change.cause !== OF_FIN) continue;
    const heard = end.heard.find(({ segment }) => segment.id === change.segment);
    if (fin !== undefined && heard !== undefined && acknowledges(heard.segment, endOf(fin))) {
      continue;
    }
    const by = change.segment ?? "no segment";
    const what = `${change.from} to ${change.to}: ${by} does not acknowledge a FIN that was sent`;
    notes.broken(what, { atUs: change.atUs, host: end.host, segment: by });
  }
}

function checkReceiver(run: Run, end: End, taken: TraceState, notes: Notes): void {
  notes.met("FIN taken");
  const heard = end.heard.find(({ segment }) => segment.id === taken.segment);
  if (heard === undefined) return;
  const dueAtUs = taken.atUs + run.paramsOf(end.host).delayedAckUs;
  const over = end.endedAtUs <= dueAtUs || (run.cut && run.trace.endedAtUs < dueAtUs);
  // A call at the very deadline comes before the timer.
  if (over) return;
  const answered = end.sent.some(
    (segment) =>
      segment.sentAtUs >= taken.atUs &&
      segment.sentAtUs <= dueAtUs &&
      acknowledges(segment, endOf(heard.segment)),
  );
  if (answered) return;
  const what = `took ${describeSegment(heard.segment)} and did not acknowledge it by ${dueAtUs} µs`;
  notes.broken(what, { atUs: taken.atUs, host: end.host, segment: heard.segment.id });
}
