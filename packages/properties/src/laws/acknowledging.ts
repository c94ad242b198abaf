import { seqAdd, seqDiff } from "@synfin/core/tcp";
import type { TraceSegment } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import type { End, Heard } from "../run/end.ts";
import type { Run } from "../run/run.ts";
import { describeSegment, endOf, has, textStart } from "../run/sequence.ts";

/** MUST-40: less than half a second, whatever the parameters say. */
const HALF_A_SECOND_US = 500_000;

/**
 * Text that comes in its place is acknowledged within the delay that a host
 * allows itself, which is less than half a second, and at once where it makes
 * two full segments (RFC 9293 §3.8.6.3: MUST-40, SHLD-19; RFC 2525 §2.13:
 * stretch ACK violation); what fills a gap is acknowledged with all that was
 * held behind it (MUST-59).
 *
 * A sender's clock is its acknowledgments: late ones stop it, missing ones
 * make it send again what has come.
 */
export const textIsAcknowledgedInTime: Law<Run> = defineLaw({
  name: "textIsAcknowledgedInTime",
  source: "RFC 9293 §3.8.6.3 MUST-40, SHLD-19, §3.10.7.4 MUST-59; RFC 2525 §2.13",
  says: "Text is acknowledged within the delay allowed, two full segments at once.",
  premises: ["text in its place", "acknowledgment delayed", "two full segments", "gap filled"],
  examine(run, notes) {
    for (const end of run.ends) checkEnd(run, end, notes);
  },
});

/** What is known of an end's receive space as its segments come in. */
interface Space {
  /** One past what has come without a gap and had room. */
  next: number;
  /** What has come behind a gap, in stretches that do not touch. */
  held: Stretch[];
}

type Stretch = readonly [from: number, to: number];

function checkEnd(run: Run, end: End, notes: Notes): void {
  if (end.irs === undefined) return;
  const first = seqAdd(end.irs, 1);
  const space: Space = { next: first, held: [] };
  const open = openFrom(end);
  for (const heard of end.heard) {
    const { atUs, segment } = heard;
    if (atUs < open || atUs >= end.endedAtUs || !isPlainText(end, heard)) continue;
    const edge = edgeBefore(end, atUs);
    if (edge === undefined || seqDiff(endOf(segment), edge) > 0) return;
    const inPlace = add(space, textStart(segment), endOf(segment));
    if (space.held.length > MOST_HELD) return;
    if (!inPlace) continue;
    notes.met("text in its place");
    checkAnswer(run, end, heard, space, notes);
  }
}

/** From when on text is taken; text on a SYN waits for it. */
function openFrom({ states, heard }: End): number {
  const early = heard.some(({ segment }) => has(segment, "SYN") && segment.length > 0);
  const at = states.find(({ to }) => to === "ESTABLISHED")?.atUs;
  return early || at === undefined ? Number.POSITIVE_INFINITY : at;
}

/** Text in a segment that nothing speaks against but, perhaps, its place. */
function isPlainText(end: End, { atUs, segment }: Heard): boolean {
  if (segment.length === 0 || segment.injected === true || !has(segment, "ACK")) return false;
  if (has(segment, "SYN") || has(segment, "RST") || has(segment, "FIN")) return false;
  const newer = end.heard.some((other) => {
    return other.atUs <= atUs && seqDiff(other.segment.ack, segment.ack) > 0;
  });
  const stamped = segment.options.some(({ name }) => name === "timestamps");
  const state = end.states.findLast((change) => change.atUs <= atUs)?.to ?? "CLOSED";
  const takes = ["ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2"].includes(state);
  return !newer && !stamped && takes;
}

function edgeBefore(end: End, atUs: number): number | undefined {
  const said = end.sent.findLast((sent) => sent.sentAtUs < atUs && has(sent, "ACK"));
  if (said === undefined) return undefined;
  return seqAdd(said.ack, said.window * (has(said, "SYN") ? 1 : end.sentScale));
}

/** @returns whether something has come in its place */
function add(space: Space, from: number, to: number): boolean {
  if (seqDiff(to, space.next) <= 0) return false;
  const touches = ([left, right]: Stretch) => seqDiff(left, to) <= 0 && seqDiff(from, right) <= 0;
  const touching = space.held.filter(touches);
  const left = touching.reduce((least, [one]) => (seqDiff(one, least) < 0 ? one : least), from);
  const right = touching.reduce((most, [, one]) => (seqDiff(one, most) > 0 ? one : most), to);
  space.held = space.held.filter((stretch) => !touches(stretch));
  if (seqDiff(left, space.next) > 0) {
    space.held.push([left, right]);
    return false;
  }
  space.next = right;
  return true;
}

/** The stretches that a receiver of ours holds out of order: more may be forgotten. */
const MOST_HELD = 4;

function checkAnswer(run: Run, end: End, heard: Heard, space: Space, notes: Notes): void {
  const { atUs, segment } = heard;
  const { delayedAckUs, mss } = run.paramsOf(end.host);
  const owed = space.next;
  const filled = seqDiff(space.next, endOf(segment)) > 0;
  if (filled) notes.met("gap filled");
  const before = waitingAt(end, atUs - 1, space.next);
  if (before >= 2 * mss) notes.met("two full segments");
  // Several may come within a microsecond, and the first two be acknowledged alone.
  const full = waitingAt(end, atUs, space.next) >= 2 * mss && segment.length >= mss;
  const delay = full || filled ? 0 : Math.min(delayedAckUs, HALF_A_SECOND_US - 1);
  const dueAtUs = atUs + delay;
  if (end.endedAtUs <= dueAtUs || (run.cut && run.trace.endedAtUs < dueAtUs)) return;
  const answer = end.sent.find((sent) => isAnswer(sent, atUs, dueAtUs, owed));
  if (answer !== undefined) {
    if (answer.sentAtUs > atUs) notes.met("acknowledgment delayed");
    return;
  }
  const what = `${describeSegment(segment)} came, and ${owed} is not acknowledged within ${delay} µs`;
  notes.broken(what, { atUs, host: end.host, segment: segment.id });
}

/** How much of what has come was not acknowledged after this microsecond. */
function waitingAt(end: End, atUs: number, next: number): number {
  const said = end.sent.findLast((sent) => sent.sentAtUs <= atUs && has(sent, "ACK"));
  return said === undefined ? 0 : seqDiff(next, said.ack);
}

function isAnswer(sent: TraceSegment, fromUs: number, toUs: number, owed: number): boolean {
  const inTime = sent.sentAtUs >= fromUs && sent.sentAtUs <= toUs;
  return inTime && has(sent, "ACK") && seqDiff(sent.ack, owed) >= 0;
}

/**
 * What a segment of text, or a FIN, has just said no bare acknowledgment says
 * again: acknowledgments are gathered where they can be (RFC 9293 §3.10.7.4:
 * MUST-58). Looked at where a single arrival, and nothing else, is answered.
 */
export const acknowledgmentsAreGathered: Law<Run> = defineLaw({
  name: "acknowledgmentsAreGathered",
  source: "RFC 9293 §3.10.7.4 MUST-58",
  says: "One arrival is not answered by text and by a bare acknowledgment that says the same.",
  premises: ["acknowledgment carried along"],
  examine(run, notes) {
    for (const end of run.ends) {
      for (const heard of end.heard) {
        if (heard.atUs < end.endedAtUs) checkGathered(run, end, heard, notes);
      }
    }
  },
});

function checkGathered(run: Run, end: End, { atUs, segment }: Heard, notes: Notes): void {
  const sent = end.sent.filter((one) => one.sentAtUs === atUs);
  // What goes out once more goes before the text that came with it is looked at.
  const carriers = sent.filter((one) => {
    return !one.retransmission && (one.length > 0 || has(one, "FIN"));
  });
  if (carriers.length === 0 || !run.readsAtOnce(end.host)) return;
  const together = end.heard.filter((other) => other.atUs === atUs).length;
  const other = run.trace.events.some((event) => {
    const acts = event.type === "call" || (event.type === "timer" && event.action === "expire");
    return acts && event.host === end.host && event.atUs === atUs;
  });
  if (together > 1 || other) return;
  notes.met("acknowledgment carried along");
  const again = sent.find((one) => {
    const bare = one.length === 0 && one.flags.join() === "ACK";
    const same = carriers.some(({ ack, window }) => ack === one.ack && window === one.window);
    return bare && same && sent.indexOf(one) > sent.indexOf(carriers[0] ?? one);
  });
  if (again === undefined) return;
  const what = `${describeSegment(again)} answers ${segment.id}, and says what went with it`;
  notes.broken(what, { atUs, host: end.host, segment: again.id });
}
