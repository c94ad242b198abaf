import { seqAdd, seqDiff } from "@synfin/core/tcp";
import { defineLaw, type Law, type Notes } from "../../law.ts";
import type { End } from "../../run/end.ts";
import { judgedEnds, type Run } from "../../run/run.ts";
import { describeSegment, has, lengthOf, placeOf } from "../../run/sequence.ts";
import { Stretches } from "./stretches.ts";

/**
 * An end acknowledges only what has come in, without a gap: SYN, every octet
 * of text, and the FIN only when all the text in front of it is there
 * (RFC 9293 §3.4: an acknowledgment of X says that all octets up to but not
 * including X have been received). What is acknowledged the peer forgets: if
 * it was not there, nobody will ever send it again.
 */
export const acknowledgesWhatArrived: Law<Run> = defineLaw({
  name: "acknowledgesWhatArrived",
  source: "RFC 9293 §3.4, §3.10.7.4",
  says: "Only what has arrived, and without a gap, is acknowledged.",
  premises: ["acknowledgment", "acknowledgment while something was missing"],
  examine(run, notes) {
    for (const end of judgedEnds(run)) {
      if (end.irs !== undefined) checkAcks(end, end.irs, notes);
    }
  },
});

function checkAcks(end: End, irs: number, notes: Notes): void {
  const come = new Stretches();
  let next = 0;
  let furthest = 0;
  for (const segment of end.sent) {
    for (; (end.heard[next]?.atUs ?? Number.POSITIVE_INFINITY) <= segment.sentAtUs; next += 1) {
      const heard = end.heard[next]?.segment;
      if (heard === undefined || has(heard, "RST")) continue;
      const from = seqDiff(heard.seq, irs);
      come.add(from, from + lengthOf(heard));
      furthest = Math.max(furthest, from + lengthOf(heard));
    }
    if (!has(segment, "ACK")) continue;
    notes.met("acknowledgment");
    if (furthest > come.whole) notes.met("acknowledgment while something was missing");
    if (seqDiff(segment.ack, irs) <= come.whole) continue;
    const what = `${describeSegment(segment)}, but only what is before ${seqAdd(irs, come.whole)} has come`;
    notes.broken(what, placeOf(segment));
  }
}
