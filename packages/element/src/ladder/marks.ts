import type { Trace, TraceSegment } from "@synfin/simulator";
import {
  formatDuration,
  type SegmentFacts,
  type SegmentNote,
  type ShownNumbers,
  segmentFacts,
  segmentNotes,
  windowText,
} from "@synfin/simulator/view";
import type { Language } from "../locale/language.ts";
import { ladderWords } from "./words.ts";

/** What stands at a segment beside its flags and numbers. */
export interface SegmentMark {
  readonly note: SegmentNote | undefined;
  readonly facts: SegmentFacts;
  /** Why it was sent, `retransmission (RTO 1 s)`; empty where its header says it. */
  readonly why: string;
  /** Its window where that is news, and its options: `win 0`, `sack 1461:2921`. */
  readonly details: readonly string[];
}

export type Marks = ReadonlyMap<string, SegmentMark>;

/** The marks of every segment, by its id. */
export function segmentMarks(
  trace: Trace,
  numbers: ReadonlyMap<string, ShownNumbers>,
  lang: Language,
): Marks {
  const notes = segmentNotes(trace);
  const marks = new Map<string, SegmentMark>();
  for (const [id, facts] of segmentFacts(trace, numbers)) {
    const note = notes.get(id);
    const { window, options } = facts;
    const isNews = window.isNews || note?.reason === "window-update";
    const details = isNews ? [windowText(window), ...options] : options;
    marks.set(id, { note, facts, details, why: note === undefined ? "" : whyText(note, lang) });
  }
  return marks;
}

function whyText({ reason, waitUs = 0, nth }: SegmentNote, lang: Language): string {
  const text = ladderWords(lang).reason[reason];
  if (reason === "timeout") return `${text} (RTO ${formatDuration(waitUs)})`;
  return nth === undefined ? text : `${text} #${nth}`;
}

/** Reason and details as one text, for where there is no picture; empty where there are none. */
export function markText(marks: Marks, { id }: TraceSegment): string {
  const { why = "", details = [] } = marks.get(id) ?? {};
  return [why, ...details].filter((text) => text !== "").join(", ");
}
