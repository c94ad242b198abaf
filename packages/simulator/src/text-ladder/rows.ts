import type { Trace, TraceArrival, TraceSegment, TraceTimer } from "../trace/trace.ts";
import type { Happening, Moment } from "../view/moments.ts";
import type { ShownNumbers } from "../view/relative.ts";
import { arrowLines, type Leg, segmentLabel, verdictWord } from "./arrow.ts";
import type { Charset } from "./charset.ts";
import type { Cells } from "./grid.ts";
import type { MarksOf } from "./marks.ts";

/** What the lines of every moment are made from. */
export interface Context {
  readonly trace: Trace;
  readonly chars: Charset;
  readonly steps: readonly Moment[];
  readonly numbers: ReadonlyMap<string, ShownNumbers>;
  readonly marksOf: MarksOf;
}

/** The lines of one moment: its time stands in the first. */
export function momentRows(context: Context, moment: Moment): Cells[] {
  const rows: Cells[] = [];
  const left = context.trace.hosts[0]?.name;
  for (const happening of moment.happenings) {
    const side = happening.host === left ? "left" : "right";
    for (const text of notes(happening)) place(rows, side, text);
    for (const line of arrows(context, happening)) place(rows, "middle", line);
  }
  const first = rows[0];
  if (first !== undefined) first.atUs = moment.atUs;
  return rows;
}

/** Into the last row if that cell is still free there, else into a new one. */
function place(rows: Cells[], cell: "left" | "middle" | "right", text: string): void {
  const last = rows.at(-1);
  if (last !== undefined && last[cell] === undefined) last[cell] = text;
  else rows.push({ [cell]: text });
}

function notes(happening: Happening): string[] {
  if (happening.type === "state") return [happening.state.to];
  if (happening.type === "timer") return timerNote(happening.timer);
  if (happening.type !== "call") return [];
  const { call, length, error } = happening.call;
  // What the scenario puts on the wire is marked at its arrow; no user called.
  if (call === "inject") return [];
  const text = length === undefined ? `${call}()` : `${call}(${length} B)`;
  return error === undefined ? [text] : [text, `! ${error}`];
}

const TIMER_NOTES: Record<TraceTimer["timer"], string> = {
  retransmission: "RTO runs out",
  persist: "persist timer",
  "time-wait": "2MSL is over",
  "delayed-ack": "delayed ACK due",
  "user-timeout": "user timeout",
  "keep-alive": "keep-alive timer",
  "fin-wait-2": "FIN-WAIT-2 timer",
};

function timerNote(timer: TraceTimer): string[] {
  return timer.action === "expire" ? [TIMER_NOTES[timer.timer]] : [];
}

function arrows(context: Context, happening: Happening): string[] {
  if (happening.type === "sent") return departures(context, happening.segment);
  if (happening.type !== "arrival") return [];
  const { segment, arrival } = happening;
  if (isWhole(context, segment, arrival)) return [];
  return draw(context, segment, "arrival", verdictWord(arrival.verdict));
}

function departures(context: Context, segment: TraceSegment): string[] {
  const [first] = segment.arrivals;
  if (first === undefined) return draw(context, segment, "departure", "");
  if (first.verdict === "drop") return draw(context, segment, "lost", "");
  const whole = isWhole(context, segment, first);
  return draw(
    context,
    segment,
    whole ? "whole" : "departure",
    whole ? verdictWord(first.verdict) : "",
  );
}

function draw(context: Context, segment: TraceSegment, leg: Leg, word: string): string[] {
  const numbers = context.numbers.get(segment.id) ?? segment;
  const label = [segmentLabel(segment, numbers), word].filter((part) => part !== "").join(" ");
  // Said once: where a segment leaves, not where it comes out of the dots.
  const marks = leg === "arrival" ? [] : context.marksOf(segment);
  const toRight = segment.from === context.trace.hosts[0]?.name;
  return arrowLines(label, marks, leg, toRight, context.chars);
}

/**
 * Whether one line can show the segment's whole way: it is the only copy, and
 * nothing happens and nothing comes the other way while it is under way.
 */
function isWhole(context: Context, segment: TraceSegment, arrival: TraceArrival): boolean {
  if (segment.arrivals[0] !== arrival) return false;
  const { sentAtUs } = segment;
  const crossed = context.trace.segments.some(
    (other) => other.from !== segment.from && other.sentAtUs === sentAtUs,
  );
  return (
    !crossed &&
    !context.steps.some(({ atUs, happenings }) => {
      if (atUs <= sentAtUs || atUs >= arrival.atUs) return false;
      return happenings.some(({ type }) => type !== "lost");
    })
  );
}
