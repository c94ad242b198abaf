import { seqAdd, seqDiff } from "@synfin/core/tcp";
import type { TraceSegment } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import { soleArrivals } from "../run/calls.ts";
import type { End } from "../run/end.ts";
import type { Run } from "../run/run.ts";
import { givenText } from "../run/send-calls.ts";
import { describeSegment, endOf, has, placeOf } from "../run/sequence.ts";
import { isTakenForCertain } from "../run/taken.ts";
import { waitsOf } from "../run/timers.ts";

/**
 * No one makes the window silly. A sender sends new text that is less than a
 * full segment only if it is all that there is and nothing is outstanding
 * (Nagle, unless that is off), or half of the largest window ever offered, or
 * when its timer has run out (RFC 9293 §3.7.4, §3.8.6.2.1: SHLD-7, MUST-17,
 * MUST-38). A receiver opens its window by a full segment or half its buffer
 * at the least (§3.8.6.2.2: MUST-39).
 */
export const windowsAreNotSilly: Law<Run> = defineLaw({
  name: "windowsAreNotSilly",
  source: "RFC 9293 §3.7.4 MUST-17, SHLD-7, §3.8.6.2 MUST-38, MUST-39",
  says: "No small segment goes out, and no window opens by a little, where it can wait.",
  premises: ["full segment", "small segment", "window opened"],
  examine(run, notes) {
    for (const end of run.ends) {
      checkSender(run, end, notes);
      checkReceiver(run, end, notes);
    }
  },
});

function checkSender(run: Run, end: End, notes: Notes): void {
  if (end.iss === undefined) return;
  const given = givenText(run, end);
  const ranOut = waitsOf(run, end).filter((wait) => wait.ranOut);
  const most = Math.min(run.paramsOf(end.host).mss, offeredMss(end));
  const sole = soleArrivals(run, end);
  let furthest = seqAdd(end.iss, 1);
  for (const segment of end.sent) {
    const fresh = seqDiff(segment.seq, furthest) >= 0 && segment.length > 0 && !has(segment, "SYN");
    if (fresh && !isUrgentOut(end, segment, sole) && !has(segment, "FIN")) {
      const byTimer = ranOut.some(({ deadlineUs }) => deadlineUs === segment.sentAtUs);
      const whole = given.some(
        ({ end: last, atUs }) => last === endOf(segment) && atUs <= segment.sentAtUs,
      );
      if (!byTimer) checkSmall(run, end, segment, { most, whole }, notes);
    }
    if (seqDiff(endOf(segment), furthest) > 0) furthest = endOf(segment);
  }
}

/** Urgent text, and what is sent while there is some to be acknowledged, does not wait. */
function isUrgentOut(end: End, segment: TraceSegment, sole: ReadonlySet<number>): boolean {
  const { sentAtUs } = segment;
  const urgent = end.sent.filter((one) => one.sentAtUs <= sentAtUs && has(one, "URG"));
  // Of several in this microsecond some came after it.
  const before = (atUs: number) => atUs < sentAtUs || (atUs === sentAtUs && sole.has(atUs));
  const known = end.heard.filter((one) => before(one.atUs) && has(one.segment, "ACK"));
  return urgent.some((one) => {
    const up = seqAdd(one.seq, one.urgentPointer);
    return known.every((heard) => {
      return seqDiff(up, heard.segment.ack) > 0 || !isTakenForCertain(end, heard);
    });
  });
}

function offeredMss({ heard, irs }: End): number {
  const syn = heard.find(({ segment }) => has(segment, "SYN") && segment.seq === irs)?.segment;
  return syn?.options.find(({ name }) => name === "mss")?.value ?? 536;
}

interface Size {
  /** The largest segment that both ends take. */
  readonly most: number;
  /** Whether nothing of the user's is left behind it. */
  readonly whole: boolean;
}

function checkSmall(
  run: Run,
  end: End,
  segment: TraceSegment,
  { most, whole }: Size,
  notes: Notes,
): void {
  const options = optionOctets(run, segment);
  if (segment.length + options >= most) {
    notes.met("full segment");
    return;
  }
  notes.met("small segment");
  const heard = end.heard.filter((one) => {
    return one.atUs <= segment.sentAtUs && one.segment.injected !== true;
  });
  const acked = heard.some(
    ({ segment: ack }) => has(ack, "ACK") && seqDiff(ack.ack, segment.seq) >= 0,
  );
  const largest = Math.max(
    0,
    ...heard.map(({ segment: one }) => one.window * (has(one, "SYN") ? 1 : end.heardScale)),
  );
  const nagle = run.paramsOf(end.host).nagle === 1;
  const idle = acked || !nagle;
  if (idle && (whole || 2 * segment.length >= largest)) return;
  const why = idle ? "though more was handed over" : "while something is outstanding";
  notes.broken(`${describeSegment(segment)} is less than ${most} octets, ${why}`, placeOf(segment));
}

/** A run that the explorer tells again has no packets, and no options beside text. */
function optionOctets(run: Run, segment: TraceSegment): number {
  if (segment.packet === "") return 0;
  const ip = run.trace.hosts[0]?.address.includes(":") === true ? 40 : 20;
  return segment.packet.length / 2 - ip - 20 - segment.length;
}

function checkReceiver(run: Run, end: End, notes: Notes): void {
  const { mss, receiveBuffer, acceptsUnoffered } = run.paramsOf(end.host);
  const step = Math.min(mss, Math.floor(receiveBuffer / 2));
  if (acceptsUnoffered === 1 || receiveBuffer > 65_535) return;
  let edge: number | undefined;
  for (const segment of end.sent) {
    if (!has(segment, "ACK")) continue;
    const scale = has(segment, "SYN") ? 1 : end.sentScale;
    const now = seqAdd(segment.ack, segment.window * scale);
    const more = edge === undefined ? 0 : seqDiff(now, edge);
    if (edge === undefined || more > 0) edge = now;
    // A scaled field says it in whole units, and leaves out what is less than one.
    if (more < scale || segment.window === 65_535) continue;
    notes.met("window opened");
    if (more + scale > step || ofFin(end, segment)) continue;
    const what = `${describeSegment(segment)} opens the window by ${more} octets; ${step} would be right`;
    notes.broken(what, placeOf(segment));
  }
}

/** A FIN takes a number, and no room: the edge moves with it. */
function ofFin(end: End, segment: TraceSegment): boolean {
  return end.heard.some(
    ({ segment: heard }) => has(heard, "FIN") && seqDiff(segment.ack, endOf(heard)) >= 0,
  );
}
