import type { Trace, TraceSegment } from "../trace/trace.ts";
import { formatDuration } from "../view/duration.ts";
import type { ShownNumbers } from "../view/relative.ts";
import { segmentFacts, windowText } from "../view/segment-facts.ts";
import { type Reason, type SegmentNote, segmentNotes } from "../view/segment-notes.ts";
import type { Charset } from "./charset.ts";

/** What stands at a segment's arrow beside its label: each piece is never broken. */
export type MarksOf = (segment: TraceSegment) => readonly string[];

/** The marks of a run: why each segment was sent, its window where that is news, its options. */
export function marksOf(
  trace: Trace,
  numbers: ReadonlyMap<string, ShownNumbers>,
  chars: Charset,
): MarksOf {
  const notes = segmentNotes(trace);
  const facts = segmentFacts(trace, numbers);
  return ({ id }) => {
    const note = notes.get(id);
    const { window, options = [] } = facts.get(id) ?? {};
    const isNews = window?.isNews === true || note?.reason === "window-update";
    return [
      ...(note === undefined ? [] : [noteText(note)]),
      ...(window !== undefined && isNews ? [windowText(window, chars.times)] : []),
      ...options,
    ];
  };
}

const REASONS: Record<Reason, string> = {
  timeout: "retransmission",
  "after-timeout": "retransmission (after RTO)",
  "fast-retransmit": "fast retransmit",
  "partial-ack": "retransmission (partial ACK)",
  recovery: "retransmission (recovery)",
  "after-zero-window": "retransmission",
  retransmission: "retransmission",
  "zero-window-probe": "zero-window probe",
  "keep-alive": "keep-alive probe",
  "keep-alive-ack": "keep-alive ACK",
  "challenge-ack": "challenge ACK",
  "window-update": "window update",
  "duplicate-ack": "dup ACK",
  "delayed-ack": "delayed ACK",
};

function noteText({ reason, waitUs, nth }: SegmentNote): string {
  const text = REASONS[reason];
  if (reason === "timeout") return `${text} (RTO ${formatDuration(waitUs ?? 0)})`;
  if (reason === "duplicate-ack") return `${text} #${nth}`;
  return waitUs === undefined ? text : `${text} (after ${formatDuration(waitUs)})`;
}

/** What a mark means, for those that a reader may not know. */
const LEGEND: readonly (readonly [mark: RegExp, text: string])[] = [
  [/^wscale/, "wscale n: offers to count windows in units of 2^n octets (RFC 7323 §2)"],
  [/^win \d+$/, "win n: the room that the sender of this segment has left, in octets"],
  [/^win \d+\D\d/, "win f×s = n: the field f in units of s octets, as both SYNs offered"],
  [/^sackOK/, "sackOK: may be told by SACK blocks what has arrived out of order (RFC 2018)"],
  [/^sack \d/, "sack a:b: has a to b-1, though something before them is missing (RFC 2018)"],
  [/^TS/, "TS v/e: the sender's own clock, and the last one that it heard (RFC 7323 §3)"],
  [/^dup ACK/, "dup ACK #n: acknowledges the same again; the third means a loss (RFC 5681 §3.2)"],
  [/^challenge/, "challenge ACK: what came may be forged, so it is asked back (RFC 5961)"],
  [/^zero-window/, "zero-window probe: asks whether there is room again (RFC 9293 §3.8.6.1)"],
  [/^keep-alive/, "keep-alive probe: asks whether the peer is still there (RFC 9293 §3.8.4)"],
];

/** A line for each kind of mark that was used, after an empty one; none where none was. */
export function legend(marks: readonly string[], chars: Charset): string[] {
  const used = LEGEND.filter(([mark]) => marks.some((text) => mark.test(text)));
  const lines = used.map(([, text]) =>
    `  ${text}`.replaceAll("×", chars.times).replaceAll("§", chars.section),
  );
  return lines.length === 0 ? [] : ["", ...lines];
}
