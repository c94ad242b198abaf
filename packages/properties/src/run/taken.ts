import { seqAdd, seqDiff } from "@synfin/core/tcp";
import type { TraceSegment } from "@synfin/simulator";
import { type End, type Heard, lastAckBefore, stateBefore } from "./end.ts";
import { endOf, has, lengthOf } from "./sequence.ts";

/**
 * Whether an end has looked at the acknowledgment and the window of a segment for certain. A
 * trace does not say so: RCV.NXT lies between what the end has said last and what has come in
 * since, and only what is in the window at both counts here (RFC 9293 §3.10.7.4, first). PAWS
 * refuses older timestamps, and before the end is open a bare ACK is dropped.
 */
export function isTakenForCertain(end: End, heard: Heard): boolean {
  const { atUs, segment } = heard;
  if (!has(segment, "ACK") || has(segment, "SYN") || has(segment, "RST")) return false;
  if (!isNewestStamp(end, heard)) return false;
  const state = stateBefore(end, atUs);
  if (state === "CLOSED" || state === "SYN-SENT" || state === "SYN-RECEIVED") return false;
  const said = lastAckBefore(end, atUs);
  if (said === undefined) return false;
  const edge = seqAdd(said.ack, said.window * (has(said, "SYN") ? 1 : end.sentScale));
  const next = furthestBeside(end, heard, said.ack);
  // At a shut window only the next number counts (MUST-66).
  if (edge === said.ack) return next === edge && segment.seq === edge;
  const inside = (seq: number) => seqDiff(seq, next) >= 0 && seqDiff(seq, edge) < 0;
  const length = lengthOf(segment);
  return inside(segment.seq) || (length > 0 && inside(seqAdd(segment.seq, length - 1)));
}

/** RCV.NXT is not past this as a segment comes in: where the furthest of all others ends. */
function furthestBeside({ heard }: End, arrival: Heard, said: number): number {
  let furthest = said;
  for (const other of heard) {
    if (other.atUs > arrival.atUs) break;
    const { segment } = other;
    const counts = other !== arrival && lengthOf(segment) > 0;
    if (counts && seqDiff(endOf(segment), furthest) > 0) furthest = endOf(segment);
  }
  return furthest;
}

/** Whether no one else has come with a later timestamp; all have one, or none (RFC 7323 §3.2). */
function isNewestStamp({ heard }: End, arrival: Heard): boolean {
  const own = stampOf(arrival.segment);
  for (const { atUs, segment } of heard) {
    if (atUs > arrival.atUs) break;
    const other = stampOf(segment);
    if (other === undefined) continue;
    if (own === undefined || seqDiff(other, own) > 0) return false;
  }
  return true;
}

function stampOf({ options }: TraceSegment): number | undefined {
  return options.find(({ name }) => name === "timestamps")?.value;
}

/**
 * Whether an acknowledgment may be too old to be believed, and all that came with it: less than
 * SND.UNA − MAX.SND.WND (RFC 5961 §5). The window of the peer's SYN is one that it has offered.
 */
export function mayBeTooOld({ heard, iss, irs }: End, { atUs, segment }: Heard): boolean {
  const syn = heard.find((one) => has(one.segment, "SYN") && one.segment.seq === irs)?.segment;
  const isTooOldFor = (una: number) => seqDiff(una, segment.ack) > (syn?.window ?? 0);
  // It may be an acknowledgment of another connection's, from before this one's first number.
  if (iss !== undefined && isTooOldFor(iss)) return true;
  return heard.some((other) => {
    return other.atUs <= atUs && has(other.segment, "ACK") && isTooOldFor(other.segment.ack);
  });
}

/** SND.UNA of an end that is open, before this microsecond, at the least. */
export function acknowledgedForCertain(end: End, atUs: number): number {
  let una = seqAdd(end.iss ?? 0, 1);
  for (const heard of end.heard) {
    if (heard.atUs >= atUs) break;
    const { ack } = heard.segment;
    if (seqDiff(ack, una) > 0 && isTakenForCertain(end, heard)) una = ack;
  }
  return una;
}

/**
 * The right edge of the window that an end may send into, at the least. The last segment to
 * come need not be the one that has set it: it may be an old one, or have been refused.
 */
export function leastEdge(end: End, atUs: number): number {
  const offers = end.heard.filter((heard) => heard.atUs <= atUs && offersWindow(heard.segment));
  const replaced = (one: Heard, index: number) =>
    offers.some((other, at) => {
      if (other.atUs >= atUs || !isNewer(other, one, at > index)) return false;
      const stale = offers.slice(0, at).some(({ segment }) => {
        return seqDiff(segment.ack, other.segment.ack) > 0;
      });
      return !stale && isTakenForCertain(end, other);
    });
  const edges = offers
    .filter((one, index) => !replaced(one, index))
    .map(({ segment }) => {
      return seqAdd(segment.ack, segment.window * (has(segment, "SYN") ? 1 : end.heardScale));
    });
  const [first = seqAdd(end.iss ?? 0, 1)] = edges;
  return edges.reduce((least, edge) => (seqDiff(edge, least) < 0 ? edge : least), first);
}

function offersWindow(segment: TraceSegment): boolean {
  return has(segment, "ACK") && !has(segment, "RST") && segment.injected !== true;
}

/** SND.WL1 and SND.WL2 (RFC 9293 §3.10.7.4, fifth): whether it sets the window after the other. */
function isNewer({ segment: one }: Heard, { segment: other }: Heard, came: boolean): boolean {
  const ahead = seqDiff(one.seq, other.seq);
  if (ahead !== 0) return ahead > 0;
  const more = seqDiff(one.ack, other.ack);
  return more > 0 || (more === 0 && came);
}
