import { Flag } from "./flags.ts";
import type { TcpParams } from "./params.ts";
import { sampleRtt } from "./rto.ts";
import type { Segment } from "./segment.ts";
import { seqLe, seqLt } from "./seq.ts";
import { NEVER, type Tcb } from "./tcb.ts";

/** RFC 7323 §5.5: after 24 days without a segment, TS.Recent says nothing any more. */
const RECENT_LIFETIME_US = 24 * 24 * 3600 * 1_000_000;

/** Our timestamp clock, RFC 7323 §5.4: ticks since a start that no one can guess. */
export function stampClock(tcb: Tcb, nowUs: number, params: TcpParams): number {
  return (Math.floor(nowUs / params.timestampTickUs) + tcb.tsOffset) >>> 0;
}

/** Once negotiated, every segment carries TSval and TSecr (RFC 7323 §3.2). */
export function stampSegment(tcb: Tcb, segment: Segment, nowUs: number, params: TcpParams): void {
  if (tcb.tsOk === 0) return;
  segment.hasTimestamps = 1;
  segment.tsVal = stampClock(tcb, nowUs, params);
  segment.tsEcr = (segment.flags & Flag.ACK) !== 0 ? tcb.tsRecent : 0;
}

/** What PAWS (RFC 7323 §5) makes of a segment. */
export const Paws = { GOOD: 0, OLD: 1, MISSING: 2 } as const;
export type Paws = (typeof Paws)[keyof typeof Paws];

/**
 * RFC 7323 §5.3 R1, and §3.2 for a segment without the option. A reset is
 * never refused for its timestamps.
 */
export function checkPaws(tcb: Tcb, segment: Segment, nowUs: number): Paws {
  if (tcb.tsOk === 0 || (segment.flags & Flag.RST) !== 0) return Paws.GOOD;
  if (segment.hasTimestamps === 0) return Paws.MISSING;
  const valid = nowUs - tcb.tsRecentAtUs <= RECENT_LIFETIME_US;
  return valid && seqLt(segment.tsVal, tcb.tsRecent) ? Paws.OLD : Paws.GOOD;
}

/**
 * RFC 7323 §4.3 (2) and §5.3 R3: what the next segments of ours will echo. Of
 * those that PAWS lets through, only a reset may have no timestamps.
 */
export function noteTimestamp(tcb: Tcb, segment: Segment, nowUs: number): void {
  if (tcb.tsOk === 0) return;
  if ((segment.flags & Flag.RST) !== 0 || !seqLe(segment.seq, tcb.lastAckSent)) return;
  tcb.tsRecent = segment.tsVal;
  tcb.tsRecentAtUs = nowUs;
}

/**
 * A round trip from the echo (RFC 7323 §4.1), where Karn's rule left none to
 * be timed. The segment has advanced SND.UNA.
 */
export function sampleEcho(tcb: Tcb, segment: Segment, nowUs: number, params: TcpParams): void {
  if (tcb.tsOk === 0 || tcb.rttSentUs !== NEVER || segment.tsEcr === 0) return;
  const ticks = (stampClock(tcb, nowUs, params) - segment.tsEcr) | 0;
  if (ticks >= 0) sampleRtt(tcb, Math.max(1, ticks) * params.timestampTickUs, params);
}
