import type { TraceSegment } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import { wasCalled } from "../run/calls.ts";
import { type Heard, wholeArrivals } from "../run/end.ts";
import type { Run } from "../run/run.ts";
import { describeSegment, has, placeOf } from "../run/sequence.ts";

/**
 * No reset answers a reset, and none comes from nowhere: each is an ABORT's,
 * or answers a segment without RST that came in at that moment (RFC 9293
 * §3.10.7.1: "An incoming segment containing a RST is discarded"). Otherwise
 * two hosts without a connection could talk for ever.
 */
export const noResetAnswersReset: Law<Run> = defineLaw({
  name: "noResetAnswersReset",
  source: "RFC 9293 §3.5.2, §3.10.5, §3.10.7.1",
  says: "Every RST is an ABORT's or answers a segment that is no RST.",
  premises: ["RST answers a segment", "RST of an ABORT", "RST arrived"],
  examine(run, notes) {
    const { judged, trace } = run;
    const isJudged = (host: string) => judged === undefined || host === judged;
    const arrivals = wholeArrivals(trace).filter(({ segment }) => isJudged(segment.to));
    notes.met("RST arrived", arrivals.filter(({ segment }) => has(segment, "RST")).length);
    for (const segment of trace.segments) {
      const own = isJudged(segment.from) && segment.injected !== true;
      if (own && has(segment, "RST")) checkReset(run, segment, arrivals, notes);
    }
  },
});

function checkReset(run: Run, reset: TraceSegment, arrivals: readonly Heard[], notes: Notes): void {
  const { from, sentAtUs } = reset;
  const causes = arrivals.filter(({ atUs, segment }) => atUs === sentAtUs && segment.to === from);
  if (causes.some(({ segment }) => !has(segment, "RST"))) {
    notes.met("RST answers a segment");
  } else if (["abort", "close"].some((call) => wasCalled(run, from, sentAtUs, call))) {
    notes.met("RST of an ABORT");
  } else {
    const answered = causes[0]?.segment;
    const why =
      answered === undefined ? "answers nothing" : `answers ${answered.id}, which is a RST itself`;
    notes.broken(`${describeSegment(reset)} ${why}`, placeOf(reset));
  }
}
