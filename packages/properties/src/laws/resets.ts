import { seqAdd, seqDiff } from "@synfin/core/tcp";
import type { TraceSegment } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import { wasCalled } from "../run/calls.ts";
import { type End, formerOf, type Heard, isTwofold, wholeArrivals } from "../run/end.ts";
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

/**
 * A RST from outside the window changes nothing, and neither does one that
 * answers nothing in SYN-SENT: whoever does not know the numbers cannot end a
 * connection (RFC 9293 §3.5.3, §3.10.7.3, §3.10.7.4). By RFC 5961 §3 even one
 * inside it has to hit the next number expected.
 */
export const resetOutsideChangesNothing: Law<Run> = defineLaw({
  name: "resetOutsideChangesNothing",
  source: "RFC 9293 §3.5.3, §3.10.7.3, §3.10.7.4; RFC 5961 §3",
  says: "A RST outside the window changes nothing.",
  premises: ["RST outside the window", "RST ends a connection"],
  examine(run, notes) {
    for (const end of run.ends) {
      for (const heard of end.heard) {
        if (has(heard.segment, "RST")) checkForce(run, end, heard, notes);
      }
    }
  },
});

function checkForce(run: Run, end: End, { atUs, segment }: Heard, notes: Notes): void {
  const change = end.states.find((one) => one.atUs === atUs && one.segment === segment.id);
  const why = whyNoForce(run, end, { atUs, segment });
  if (change === undefined) {
    if (why !== "") notes.met("RST outside the window");
    return;
  }
  notes.met("RST ends a connection");
  if (why === "") return;
  const what = `${describeSegment(segment)} took it from ${change.from} to ${change.to}: ${why}`;
  notes.broken(what, { atUs, host: end.host, segment: segment.id });
}

/** The connection that is in TIME-WAIT at an end: it may have come back (MAY-2, §3.6.1). */
function waiting(run: Run, end: End): End {
  const former = isTwofold(end) ? formerOf(end, run.ends) : undefined;
  return former === undefined ? end : waiting(run, former);
}

/** What is said of RCV.WND is rounded down to units of the scale (RFC 7323 §2.3). */
function edgeAtMost({ sentScale }: End, { ack, window, flags }: TraceSegment): number {
  const unit = flags.includes("SYN") ? 1 : sentScale;
  return seqAdd(ack, window * unit + unit - 1);
}

/** Why a RST may not do anything; empty where it may. */
function whyNoForce(run: Run, end: End, { atUs, segment }: Heard): string {
  const state = end.states.findLast((one) => one.atUs < atUs)?.to;
  const { sent } = state === "TIME-WAIT" ? waiting(run, end) : end;
  const said = sent.filter((one) => one.sentAtUs <= atUs && has(one, "ACK"));
  const last = said.at(-1);
  if (last === undefined || state === "SYN-SENT") {
    const answers = has(segment, "ACK") && segment.ack === seqAdd(end.iss ?? 0, 1);
    return answers || end.irs !== undefined ? "" : "it does not answer its SYN";
  }
  const before = seqDiff(segment.seq, last.ack) < 0;
  const edges = said.map((sent) => seqDiff(edgeAtMost(end, sent), segment.seq));
  if (before) return `RCV.NXT is ${last.ack} at least`;
  // Where the window is shut its edge is the next number expected (MUST-66).
  if (Math.max(...edges) >= 0) return "";
  return `its window ends at ${seqAdd(segment.seq, Math.max(...edges))}`;
}
