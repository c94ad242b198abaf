import { seqAdd, seqDiff } from "@synfin/core/tcp";
import type { TraceSegment } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import { octetsGiven } from "../run/calls.ts";
import { type End, firstFin, isTwofold } from "../run/end.ts";
import { judgedEnds, type Run } from "../run/run.ts";
import { crossesWrap, describeSegment, endOf, has, placeOf, textStart } from "../run/sequence.ts";

/**
 * Each SYN and each FIN takes exactly one sequence number, and each octet of
 * text takes one: text begins at ISS+1, and the FIN stands behind the last
 * octet that the user gave (RFC 9293 §3.4). An end that takes a SYN says
 * RCV.NXT = IRS+1 with its own.
 *
 * One number too many or too few and the ends never agree again; it is also
 * where the wrap at 2³² goes wrong first.
 */
export const synAndFinTakeOneNumber: Law<Run> = defineLaw({
  name: "synAndFinTakeOneNumber",
  source: "RFC 9293 §3.4, §3.10.7.2, §3.10.7.3",
  says: "SYN and FIN take one sequence number each, and text lies between them.",
  premises: ["text sent", "FIN after text", "SYN acknowledged by a SYN", "wrap crossed"],
  examine(run, notes) {
    for (const end of judgedEnds(run)) {
      if (end.iss === undefined) continue;
      checkText(run, end, end.iss, notes);
      if (run.hasCalls) checkFin(run, end, end.iss, notes);
      checkSynAck(end, notes);
      if (end.sent.some(crossesWrap)) notes.met("wrap crossed");
    }
  },
});

function checkText(run: Run, end: End, iss: number, notes: Notes): void {
  const first = end.sent.find(({ length }) => length > 0);
  if (first === undefined) return;
  notes.met("text sent");
  const offset = seqDiff(textStart(first), seqAdd(iss, 1));
  // A capture may be taken where the first text never came by.
  if (offset < 0 || (offset > 0 && run.hasCalls))
    notes.broken(`text begins ${offset} octets from ISS+1`, placeOf(first));
}

function checkFin(run: Run, end: End, iss: number, notes: Notes): void {
  const fin = firstFin(end);
  if (fin === undefined) return;
  const given = octetsGiven(run, end);
  if (given > 0) notes.met("FIN after text");
  const right = seqAdd(iss, 1 + given + 1);
  if (endOf(fin) === right) return;
  const what = `${describeSegment(fin)} ends at ${endOf(fin)}; ISS ${iss}, one SYN, ${given} octets and one FIN end at ${right}`;
  notes.broken(what, placeOf(fin));
}

function checkSynAck(end: End, notes: Notes): void {
  const synAck = end.sent.find((segment) => has(segment, "SYN") && has(segment, "ACK"));
  if (synAck === undefined || end.irs === undefined) return;
  notes.met("SYN acknowledged by a SYN");
  if (synAck.ack === seqAdd(end.irs, 1)) return;
  notes.broken(`${describeSegment(synAck)} should acknowledge IRS+1`, placeOf(synAck));
}

/**
 * After a FIN comes nothing new: no octet at or behind its sequence number,
 * no second FIN elsewhere (RFC 9293 §3.6: "I have no more data to send").
 * What is sent again ends where it did before.
 */
export const noDataAfterFin: Law<Run> = defineLaw({
  name: "noDataAfterFin",
  source: "RFC 9293 §3.6, §3.10.2, §3.10.4",
  says: "Once a FIN is sent nothing new is sent, and the FIN stays where it is.",
  premises: ["sent after FIN", "FIN sent again"],
  examine(run, notes) {
    for (const end of judgedEnds(run)) {
      const fin = firstFin(end);
      if (fin === undefined || isTwofold(end)) continue;
      for (const segment of end.sent.slice(end.sent.indexOf(fin) + 1)) {
        if (mayBeOfTheNext(end, segment)) continue;
        notes.met("sent after FIN");
        checkAfter(segment, endOf(fin), notes);
      }
    }
  },
});

/**
 * In the microsecond in which TIME-WAIT takes a SYN (MAY-2) both connections
 * may send, and nothing but their numbers tells whose a segment is.
 */
function mayBeOfTheNext({ ending, endedAtUs }: End, segment: TraceSegment): boolean {
  return ending?.to === "SYN-RECEIVED" && segment.sentAtUs === endedAtUs;
}

function checkAfter(segment: TraceSegment, finEnd: number, notes: Notes): void {
  const past = seqDiff(endOf(segment), finEnd);
  if (has(segment, "FIN")) {
    notes.met("FIN sent again");
    if (past === 0) return;
    notes.broken(`a FIN that ends at ${endOf(segment)}, not at ${finEnd}`, placeOf(segment));
  } else if (past > (segment.length === 0 ? 0 : -1)) {
    notes.broken(`${describeSegment(segment)} is past the FIN`, placeOf(segment));
  }
}
