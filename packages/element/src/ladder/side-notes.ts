import type { StateName } from "@synfin/core/tcp";
import type { Trace, TraceCall } from "@synfin/simulator";
import type { Happening, Moment } from "@synfin/simulator/view";
import type { Side } from "./flights.ts";
import { sideOf } from "./flights.ts";
import type { Metrics } from "./options.ts";
import { timerLabel, timerSpans } from "./timer-spans.ts";

/** A line of text beside a lifeline. */
export interface NoteLine {
  readonly kind: "state" | "call" | "error" | "timer";
  readonly text: string;
  readonly state?: StateName;
}

/** What stands beside a lifeline for one moment: a few lines, one below the other. */
export interface SideNote {
  readonly side: Side;
  readonly atUs: number;
  readonly lines: readonly NoteLine[];
}

/**
 * The notes of a run, in order: calls, the timers that ran out where there is no
 * column for them, states.
 */
export function sideNotes(
  trace: Trace,
  steps: readonly Moment[],
  metrics: Metrics,
): readonly SideNote[] {
  const expired = metrics.roomy ? new Map<string, string>() : expiredTimers(trace, metrics);
  return steps.flatMap(({ atUs, happenings }) =>
    (["left", "right"] as const).flatMap((side) => {
      const own = happenings.filter(({ host }) => sideOf(trace, host) === side);
      const lines = own.flatMap((happening) => noteLines(happening, expired));
      return lines.length === 0 ? [] : [{ side, atUs, lines }];
    }),
  );
}

function noteLines(happening: Happening, expired: ReadonlyMap<string, string>): NoteLine[] {
  if (happening.type === "state") {
    const state = happening.state.to;
    return [{ kind: "state", text: state, state }];
  }
  if (happening.type === "call") return callLines(happening.call);
  if (happening.type !== "timer" || happening.timer.action !== "expire") return [];
  const text = expired.get(`${happening.host} ${happening.timer.timer} ${happening.timer.atUs}`);
  return text === undefined ? [] : [{ kind: "timer", text }];
}

function callLines({ call, length, error }: TraceCall): NoteLine[] {
  // A user is not bothered with an accept, and no user injects.
  if (call === "accept" || call === "inject") return [];
  const text = length === undefined ? `${call}()` : `${call} ${length} B`;
  const line: NoteLine = { kind: "call", text };
  return error === undefined ? [line] : [line, { kind: "error", text: error }];
}

/** `RTO 1 s`, by host, timer and time of expiry; there is no room for how often it doubled. */
function expiredTimers(trace: Trace, { lang }: Metrics): ReadonlyMap<string, string> {
  return new Map(
    timerSpans(trace).map((span) => [
      `${span.host} ${span.timer} ${span.untilUs}`,
      timerLabel({ ...span, times: 1 }, lang).join(" "),
    ]),
  );
}
