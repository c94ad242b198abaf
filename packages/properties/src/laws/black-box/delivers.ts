import { seqDiff } from "@synfin/core/tcp";
import { defineLaw, type Law, type Notes } from "../../law.ts";
import type { End } from "../../run/end.ts";
import { judgedEnds, type Run } from "../../run/run.ts";
import { acknowledges, endOf, has } from "../../run/sequence.ts";
import { brokenOffAtUs } from "./broken-off-at.ts";

/**
 * What an end has acknowledged reaches its user, unless the connection was
 * broken off: with its acknowledgment it has taken responsibility for the
 * text (RFC 9293 §3.10.7.4, seventh), and the peer has forgotten it.
 */
export const acknowledgedIsDelivered: Law<Run> = defineLaw({
  name: "acknowledgedIsDelivered",
  source: "RFC 9293 §3.4, §3.10.7.4",
  says: "What has been acknowledged reaches the user, unless the connection is broken off.",
  premises: ["text acknowledged", "FIN acknowledged", "broken off"],
  examine(run, notes) {
    for (const end of judgedEnds(run)) {
      if (end.irs !== undefined) checkEnd(run, end, end.irs, notes);
    }
  },
});

function checkEnd(run: Run, end: End, irs: number, notes: Notes): void {
  const acks = end.sent.filter((segment) => has(segment, "ACK"));
  const last = Math.max(0, ...acks.map(({ ack }) => seqDiff(ack, irs)));
  if (brokenOffAtUs(run, end) !== Number.POSITIVE_INFINITY) {
    notes.met("broken off");
    return;
  }
  const fin = end.heard.find(({ segment }) => has(segment, "FIN"))?.segment;
  const finTaken = fin !== undefined && acks.some((ack) => acknowledges(ack, endOf(fin)));
  if (finTaken) notes.met("FIN acknowledged");
  const octets = Math.max(0, last - 1 - (finTaken ? 1 : 0));
  if (octets > 0) notes.met("text acknowledged");
  const deliveries = run.watched?.deliveries ?? [];
  const own = deliveries.filter(({ host }) => host === end.host);
  const delivered = own.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (delivered >= octets) return;
  const what = `has acknowledged ${octets} octets of text, and its user has received ${delivered}`;
  notes.broken(what, { atUs: run.trace.endedAtUs, host: end.host });
}
