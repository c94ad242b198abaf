import { type FlagName, seqAdd, seqDiff } from "@synfin/core/tcp";
import type { TraceSegment } from "@synfin/simulator";

export function has(segment: TraceSegment, flag: FlagName): boolean {
  return segment.flags.includes(flag);
}

/** SEG.LEN of RFC 9293 §3.4: text, and one number each for SYN and FIN. */
export function lengthOf(segment: TraceSegment): number {
  return segment.length + (has(segment, "SYN") ? 1 : 0) + (has(segment, "FIN") ? 1 : 0);
}

/** One past the last sequence number that it takes. */
export function endOf(segment: TraceSegment): number {
  return seqAdd(segment.seq, lengthOf(segment));
}

/** The sequence number of its first octet of text. */
export function textStart(segment: TraceSegment): number {
  return has(segment, "SYN") ? seqAdd(segment.seq, 1) : segment.seq;
}

/** Whether it says that everything before `end` has been received. */
export function acknowledges(segment: TraceSegment, end: number): boolean {
  return has(segment, "ACK") && !has(segment, "RST") && seqDiff(segment.ack, end) >= 0;
}

/** Whether these numbers run from 2³² − 1 on to 0. */
export function crossesWrap(segment: TraceSegment): boolean {
  return segment.seq + lengthOf(segment) > 0xffff_ffff;
}

/** A segment as people write it: `<SEQ=100><ACK=300><CTL=FIN,ACK> 20 octets`. */
export function describeSegment(segment: TraceSegment): string {
  const ack = has(segment, "ACK") ? `<ACK=${segment.ack}>` : "";
  const text = segment.length === 0 ? "" : ` ${segment.length} octets`;
  return `<SEQ=${segment.seq}>${ack}<CTL=${segment.flags.join(",")}>${text}`;
}

/** Where a breach by this transmission happened. */
export function placeOf(segment: TraceSegment): { atUs: number; host: string; segment: string } {
  return { atUs: segment.sentAtUs, host: segment.from, segment: segment.id };
}
