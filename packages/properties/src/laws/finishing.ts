import { seqAdd, seqDiff } from "@synfin/core/tcp";
import type { TraceCall } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import { callsOf, octetsGiven } from "../run/calls.ts";
import { type End, firstFin, type Heard } from "../run/end.ts";
import type { Run } from "../run/run.ts";
import { acknowledges, describeSegment, endOf, has, textStart } from "../run/sequence.ts";
import { acknowledgedForCertain, leastEdge } from "../run/taken.ts";

/**
 * When the user closes and all of the text has gone out, the FIN goes at once,
 * whether the text has been acknowledged or not, unless the peer's window or
 * the network's has no room for it (RFC 9293 §3.10.4; RFC 2525 §2.15: failure
 * to send FIN notification promptly). Two segments fit any network that has
 * not lost anything.
 */
export const finGoesOutAtOnce: Law<Run> = defineLaw({
  name: "finGoesOutAtOnce",
  source: "RFC 9293 §3.6, §3.10.4; RFC 2525 §2.15",
  says: "When the user has closed and all text has gone out, the FIN does not wait.",
  premises: ["closed with nothing outstanding", "closed with text outstanding"],
  examine(run, notes) {
    for (const end of run.ends) {
      const call = callsOf(run, end).find((one) => one.call === "close" || one.call === "shutdown");
      if (call !== undefined && end.iss !== undefined) checkClose(run, end, end.iss, call, notes);
    }
  },
});

function checkClose(run: Run, end: End, iss: number, { atUs }: TraceCall, notes: Notes): void {
  const state = end.states.findLast((change) => change.atUs < atUs)?.to;
  if (state !== "ESTABLISHED" && state !== "CLOSE-WAIT") return;
  if (
    end.endedAtUs <= atUs ||
    end.states.some((change) => change.atUs === atUs && change.cause !== "CLOSE")
  )
    return;
  const textEnd = seqAdd(iss, 1 + octetsGiven(run, end));
  const before = end.sent.filter((sent) => sent.sentAtUs < atUs);
  if (!before.some((sent) => endOf(sent) === textEnd)) return;
  const lost = before.filter(({ retransmission }) => retransmission).length > 0;
  const flight = seqDiff(textEnd, acknowledgedForCertain(end, atUs));
  const acked = flight <= 0;
  const roomy = seqDiff(leastEdge(end, atUs), textEnd) > 0;
  const { mss } = run.paramsOf(end.host);
  const small = Math.min(
    mss,
    ...end.sent.filter(({ length }) => length > 0).map(({ length }) => length),
  );
  if (!roomy || (!acked && (lost || flight + 1 > 2 * Math.min(small, 64)))) return;
  notes.met(acked ? "closed with nothing outstanding" : "closed with text outstanding");
  const fin = firstFin(end);
  if (fin?.sentAtUs === atUs) return;
  const when = fin === undefined ? "never" : `at ${fin.sentAtUs} µs`;
  notes.broken(`closed, with all text sent, and the FIN goes ${when}`, { atUs, host: end.host });
}

/**
 * A user who closes both ways and loses something by it has the peer told, by
 * a RST: at once where text is unread, and later when more comes (RFC 9293
 * §3.6.1, SHLD-3; RFC 2525 §2.16, §2.17). A FIN would say that all was well,
 * and the peer would go on sending to no one.
 */
export const lostTextIsReset: Law<Run> = defineLaw({
  name: "lostTextIsReset",
  source: "RFC 9293 §3.6.1 SHLD-3, §3.10.4; RFC 2525 §2.16, §2.17",
  says: "Whoever closes both ways and loses text by it resets the connection.",
  premises: ["closed with text unread", "text after CLOSE"],
  examine(run, notes) {
    for (const end of run.ends) {
      const call = callsOf(run, end).find((one) => one.call === "close");
      if (call === undefined || end.irs === undefined) continue;
      if (run.paramsOf(end.host).resetAfterClose === 0) continue;
      checkUnread(run, end, end.irs, call, notes);
      for (const heard of end.heard) {
        if (heard.atUs > call.atUs && heard.atUs <= end.endedAtUs)
          checkLate(run, end, heard, notes);
      }
    }
  },
});

function resetAt(run: Run, host: string, atUs: number): boolean {
  return run.trace.segments.some(
    (sent) => sent.from === host && sent.sentAtUs === atUs && has(sent, "RST"),
  );
}

function checkUnread(run: Run, end: End, irs: number, { atUs }: TraceCall, notes: Notes): void {
  const said = end.sent.filter((sent) => sent.sentAtUs < atUs && has(sent, "ACK"));
  const last = said.at(-1);
  const state = end.states.findLast((change) => change.atUs < atUs)?.to ?? "";
  if (last === undefined || !["ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2"].includes(state)) return;
  // A FIN of this microsecond may have been first: in TIME-WAIT there is no one left to tell.
  if (end.states.some((one) => one.atUs === atUs && one.segment !== undefined)) return;
  const deliveries = run.watched?.deliveries ?? [];
  const read = deliveries.filter(
    (one) => one.host === end.host && one.atUs >= end.bornAtUs && one.atUs <= atUs,
  );
  const octets = read.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (seqDiff(last.ack, irs) - 1 <= octets) return;
  notes.met("closed with text unread");
  if (resetAt(run, end.host, atUs)) return;
  const what = `closed both ways with ${seqDiff(last.ack, irs) - 1 - octets} octets unread, and no RST goes out`;
  notes.broken(what, { atUs, host: end.host });
}

function checkLate(run: Run, end: End, { atUs, segment }: Heard, notes: Notes): void {
  const state = end.states.findLast((change) => change.atUs < atUs)?.to;
  if (state !== "FIN-WAIT-2" || segment.length === 0 || segment.flags.includes("SYN")) return;
  const said = end.sent.findLast((sent) => sent.sentAtUs < atUs && has(sent, "ACK"));
  const stamped = segment.options.some(({ name }) => name === "timestamps");
  const fin = firstFin(end);
  const knows =
    fin !== undefined && seqDiff(endOf(fin), segment.ack) <= 1 && acknowledges(segment, fin.seq);
  if (stamped || !knows || textStart(segment) !== said?.ack || said.window === 0) return;
  notes.met("text after CLOSE");
  if (resetAt(run, end.host, atUs)) return;
  const what = `${describeSegment(segment)} came after CLOSE, for no one, and no RST answers it`;
  notes.broken(what, { atUs, host: end.host, segment: segment.id });
}
