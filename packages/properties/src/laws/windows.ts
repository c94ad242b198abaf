import { seqAdd, seqDiff } from "@synfin/core/tcp";
import type { TraceSegment } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import { type End, isTwofold } from "../run/end.ts";
import { judgedEnds, type Run } from "../run/run.ts";
import { describeSegment, endOf, has, placeOf } from "../run/sequence.ts";

/**
 * What an end has said it received it never takes back: its acknowledgment
 * number does not go back, and neither does the right edge of the window it
 * offers (RFC 9293 §3.10.7.4: "The total of RCV.NXT and RCV.WND should not be
 * reduced"; §3.8.6: a receiver SHOULD NOT shrink the window, SHLD-14).
 */
export const receiveSpaceNeverGoesBack: Law<Run> = defineLaw({
  name: "receiveSpaceNeverGoesBack",
  source: "RFC 9293 §3.8.6 SHLD-14, §3.10.7.4",
  says: "Neither the acknowledgment number nor the right edge of the window goes back.",
  premises: ["acknowledgment advanced", "window opened", "window shut"],
  examine(run, notes) {
    for (const end of judgedEnds(run)) {
      if (isTwofold(end)) continue;
      let before: TraceSegment | undefined;
      for (const segment of end.sent) {
        if (!has(segment, "ACK")) continue;
        if (before !== undefined) compareAcks(before, segment, end.sentScale, notes);
        before = segment;
      }
    }
  },
});

function compareAcks(
  before: TraceSegment,
  segment: TraceSegment,
  scale: number,
  notes: Notes,
): void {
  const advance = seqDiff(segment.ack, before.ack);
  const opening = seqDiff(edgeOf(segment, scale), edgeOf(before, scale));
  if (advance > 0) notes.met("acknowledgment advanced");
  if (opening > 0) notes.met("window opened");
  if (segment.window === 0) notes.met("window shut");
  if (advance < 0) {
    const what = `ACK ${segment.ack} after ACK ${before.ack} in ${before.id}`;
    notes.broken(what, placeOf(segment));
  } else if (opening <= -scale) {
    // What a scaled field cannot say is less than a unit of it (RFC 7323 §2.4).
    const edges = [segment, before].map((one) => edgeOf(one, scale));
    const what = `offers up to ${edges[0]} after ${edges[1]} in ${before.id}`;
    notes.broken(what, placeOf(segment));
  }
}

function edgeOf(segment: TraceSegment, scale: number): number {
  return seqAdd(segment.ack, segment.window * (has(segment, "SYN") ? 1 : scale));
}

/**
 * Nothing is sent past the furthest right edge that the peer ever offered,
 * but for the single octet, or the FIN, that probes a window which is shut
 * (RFC 9293 §3.8.6.1).
 */
export const nothingPastTheWindow: Law<Run> = defineLaw({
  name: "nothingPastTheWindow",
  source: "RFC 9293 §3.4, §3.8.6, §3.8.6.1",
  says: "Nothing is sent past the furthest right edge ever offered, a probe's octet aside.",
  premises: ["text within the window", "window filled", "probe"],
  examine(run, notes) {
    for (const end of judgedEnds(run)) {
      if (end.iss !== undefined) checkWindow(end, end.iss, notes);
    }
  },
});

function checkWindow(end: End, iss: number, notes: Notes): void {
  let edge = seqAdd(iss, 1);
  let furthest = edge;
  let next = 0;
  for (const segment of end.sent) {
    for (; (end.heard[next]?.atUs ?? Number.POSITIVE_INFINITY) <= segment.sentAtUs; next += 1) {
      const offer = offered(end.heard[next]?.segment, iss, furthest, end.heardScale);
      if (seqDiff(offer, edge) > 0) edge = offer;
    }
    if (seqDiff(endOf(segment), furthest) > 0) furthest = endOf(segment);
    if (has(segment, "SYN") || (segment.length === 0 && !has(segment, "FIN"))) continue;
    checkEdge(segment, edge, notes);
  }
}

function checkEdge(segment: TraceSegment, edge: number, notes: Notes): void {
  const over = seqDiff(endOf(segment), edge);
  const probe = over === 1 && seqDiff(endOf(segment), segment.seq) === 1;
  if (probe) notes.met("probe");
  else if (over <= 0) notes.met(over === 0 ? "window filled" : "text within the window");
  else notes.broken(`${describeSegment(segment)} is ${over} past ${edge}`, placeOf(segment));
}

/** The right edge that a segment offers; where it acknowledges nothing of ours, ISS+1. */
function offered(
  segment: TraceSegment | undefined,
  iss: number,
  furthest: number,
  scale: number,
): number {
  const first = seqAdd(iss, 1);
  if (segment === undefined || has(segment, "RST")) return first;
  if (!has(segment, "ACK")) return has(segment, "SYN") ? seqAdd(first, segment.window) : first;
  const ours = seqDiff(segment.ack, iss) > 0 && seqDiff(segment.ack, furthest) <= 0;
  return ours ? edgeOf(segment, scale) : first;
}
