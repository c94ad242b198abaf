import { SIGNAL_NAMES, Signal, seqAdd, seqDiff } from "@synfin/core/tcp";
import type { TraceSegment } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import type { End, Heard } from "../run/end.ts";
import type { Run } from "../run/run.ts";
import { type Given, givenText } from "../run/send-calls.ts";
import { describeSegment, has, placeOf, textStart } from "../run/sequence.ts";
import { mayBeTooOld } from "../run/taken.ts";

const URGENT = SIGNAL_NAMES[Signal.URGENT];
const MOST_POINTER = 65_535;

/**
 * Urgent text is marked as long as any of it is still to be sent or sent again,
 * with a pointer to the octet behind it, however long it is; other text is not
 * marked; and whoever receives such a mark in its place is told (RFC 9293
 * §3.8.5: MUST-30, MUST-31, MUST-32, MUST-62).
 */
export const urgentTextIsMarked: Law<Run> = defineLaw({
  name: "urgentTextIsMarked",
  source: "RFC 9293 §3.8.5 MUST-30 to MUST-32, MUST-62, §3.10.7.4",
  says: "Urgent text carries URG and a pointer past its end, and the receiver's user is told.",
  premises: ["urgent text sent", "other text sent", "user told"],
  examine(run, notes) {
    for (const end of run.ends) {
      const given = givenText(run, end);
      if (given.some(({ urgent }) => urgent === undefined)) continue;
      for (const segment of end.sent) {
        if (segment.length > 0) checkMark(segment, given, notes);
      }
      checkTold(run, end, notes);
    }
  },
});

function checkMark(segment: TraceSegment, given: readonly Given[], notes: Notes): void {
  // Calls of the same microsecond may come before or after it.
  const [sure, maybe] = [given.filter((one) => one.atUs < segment.sentAtUs), given].map((calls) => {
    const known = calls.filter((one) => one.atUs <= segment.sentAtUs);
    return known.findLast(({ urgent, end }) => urgent === true && seqDiff(end, segment.seq) > 0)
      ?.end;
  });
  const marked = has(segment, "URG");
  const pointer = seqAdd(segment.seq, segment.urgentPointer);
  notes.met(marked ? "urgent text sent" : "other text sent");
  if (!marked && sure !== undefined && sure === maybe) {
    const what = `${describeSegment(segment)} is urgent up to ${sure}, and has no URG`;
    notes.broken(what, placeOf(segment));
  } else if (
    marked &&
    !given.some((one) => one.urgent === true && pointsAt(segment, one.end, pointer))
  ) {
    const what = `${describeSegment(segment)} points at ${pointer}; urgent text ends at ${maybe ?? "no number"}`;
    notes.broken(what, placeOf(segment));
  }
}

function pointsAt(segment: TraceSegment, end: number, pointer: number): boolean {
  return segment.urgentPointer === MOST_POINTER || pointer === end;
}

function checkTold(run: Run, end: End, notes: Notes): void {
  let furthest: number | undefined;
  for (const { atUs, segment } of end.heard) {
    if (!has(segment, "URG") || has(segment, "SYN") || atUs >= end.endedAtUs) continue;
    const up = seqAdd(textStart(segment), segment.urgentPointer);
    const news = furthest === undefined || seqDiff(up, furthest) > 0;
    if (news) furthest = up;
    if (!news || !isNext(end, { atUs, segment })) continue;
    notes.met("user told");
    const told = run.trace.events.some((event) => {
      return (
        event.type === "signal" &&
        event.host === end.host &&
        event.atUs === atUs &&
        event.signal === URGENT
      );
    });
    if (told) continue;
    const what = `${describeSegment(segment)} says that text up to ${up} is urgent, and its user is not told`;
    notes.broken(what, { atUs, host: end.host, segment: segment.id });
  }
}

/** Whether it stands where the last acknowledgment ends, in a state that takes text. */
function isNext(end: End, { atUs, segment }: Heard): boolean {
  const said = end.sent.findLast((sent) => sent.sentAtUs < atUs && has(sent, "ACK"));
  const state = end.states.findLast((change) => change.atUs < atUs)?.to ?? "CLOSED";
  const between = end.heard.some(
    (other) => other.atUs >= (said?.sentAtUs ?? 0) && other.atUs < atUs,
  );
  const older = mayBeTooOld(end, { atUs, segment });
  const stamped = segment.options.some(({ name }) => name === "timestamps");
  const takes = ["ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2"].includes(state);
  return (
    segment.seq === said?.ack && takes && !between && !older && !stamped && (said?.window ?? 0) > 0
  );
}

/**
 * The last segment of what the user has handed over has PSH, and no other has
 * (RFC 9293 §3.9.1.2: MUST-61), so that no receiver waits for more.
 */
export const lastTextIsPushed: Law<Run> = defineLaw({
  name: "lastTextIsPushed",
  source: "RFC 9293 §3.9.1.2 MUST-61",
  says: "The last segment of what the user has handed over has PSH, and no other has.",
  premises: ["last of the text", "more to come"],
  examine(run, notes) {
    for (const end of run.ends) {
      const given = givenText(run, end);
      for (const segment of end.sent) {
        if (segment.length > 0) checkPush(segment, given, notes);
      }
    }
  },
});

function checkPush(segment: TraceSegment, given: readonly Given[], notes: Notes): void {
  const textEnd = seqAdd(textStart(segment), segment.length);
  const before = given.findLast(({ atUs }) => atUs < segment.sentAtUs)?.end;
  const now = given.filter(({ atUs }) => atUs === segment.sentAtUs).map(({ end }) => end);
  const lasts = [...(before === undefined ? [] : [before]), ...now];
  const pushed = has(segment, "PSH");
  const sure = textEnd === lasts.at(-1);
  notes.met(pushed ? "last of the text" : "more to come");
  if (pushed ? lasts.includes(textEnd) : !sure) return;
  const what = pushed
    ? "has PSH, and more was handed over"
    : "is the last of the text, and has no PSH";
  notes.broken(`${describeSegment(segment)} ${what}`, placeOf(segment));
}
