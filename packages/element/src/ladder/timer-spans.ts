import type { Trace, TraceTimer } from "@synfin/simulator";
import { formatDuration } from "@synfin/simulator/view";
import type { Language } from "../locale/language.ts";
import { ladderWords } from "./words.ts";

/** A timer from its start to its end. */
export interface TimerSpan {
  readonly host: string;
  readonly timer: TraceTimer["timer"];
  readonly fromUs: number;
  readonly untilUs: number;
  /** Whether it ran out; otherwise it was started again, before its time. */
  readonly expired: boolean;
  /** 0 is next to the lifeline; overlapping timers of one host take further lanes. */
  readonly lane: number;
  /** How many times as long as the first of a row that ran out, one after the other. */
  readonly times: number;
}

/**
 * The timers that explain a picture: every one that ran out, and a TIME-WAIT
 * that was started again. Timers that an acknowledgment stops in time would
 * only be clutter.
 */
export function timerSpans(trace: Trace): readonly TimerSpan[] {
  const running = new Map<string, TraceTimer>();
  const spans: TimerSpan[] = [];
  for (const event of trace.events) {
    if (event.type !== "timer") continue;
    const key = `${event.host} ${event.timer}`;
    const start = running.get(key);
    if (start !== undefined && isShown(event)) spans.push(span(start, event, spans));
    if (event.action === "start" || event.action === "restart") running.set(key, event);
    else running.delete(key);
  }
  return spans;
}

function isShown({ action, timer }: TraceTimer): boolean {
  return action === "expire" || (timer === "time-wait" && action === "restart");
}

function span(start: TraceTimer, end: TraceTimer, others: readonly TimerSpan[]): TimerSpan {
  const taken = new Set(
    others
      .filter(({ host, untilUs }) => host === end.host && untilUs > start.atUs)
      .map(({ lane }) => lane),
  );
  let lane = 0;
  while (taken.has(lane)) lane++;
  const before = others.findLast(
    ({ host, timer, expired, untilUs }) =>
      expired && host === end.host && timer === end.timer && untilUs === start.atUs,
  );
  const longer =
    before === undefined ? 1 : (end.atUs - start.atUs) / (before.untilUs - before.fromUs);
  return {
    times: (before?.times ?? 1) * longer,
    host: end.host,
    timer: end.timer,
    fromUs: start.atUs,
    untilUs: end.atUs,
    expired: end.action === "expire",
    lane,
  };
}

/** The two lines beside a bracket: `RTO ×4`, `4 s`. */
export function timerLabel(span: TimerSpan, lang: Language): [name: string, time: string] {
  const words = ladderWords(lang);
  // Not where a greatest timeout has cut the doubling short.
  const isDoubled = span.times > 1 && Number.isInteger(Math.log2(span.times));
  const doubled = isDoubled ? ` ×${span.times}` : "";
  const time = span.expired ? formatDuration(span.untilUs - span.fromUs) : words.restarted;
  return [words.timer[span.timer] + doubled, time];
}
