import type { TcpParams } from "./params.ts";
import { seqLe } from "./seq.ts";
import { NEVER, type Tcb } from "./tcb.ts";

/** Integer division for times; the machine has no fractions. */
function eighth(value: number): number {
  return Math.floor(value / 8);
}

/** RFC 6298 §2: the first sample sets SRTT and RTTVAR, later ones smooth them. */
export function sampleRtt(tcb: Tcb, rttUs: number, params: TcpParams): void {
  if (tcb.srttUs === 0) {
    tcb.srttUs = Math.max(1, rttUs);
    tcb.rttvarUs = Math.floor(rttUs / 2);
  } else {
    const error = Math.abs(tcb.srttUs - rttUs);
    tcb.rttvarUs = Math.floor((3 * tcb.rttvarUs + error) / 4);
    tcb.srttUs = Math.max(1, eighth(7 * tcb.srttUs + rttUs));
  }
  const rto = tcb.srttUs + Math.max(params.clockGranularityUs, 4 * tcb.rttvarUs);
  tcb.rtoUs = Math.min(params.maxRtoUs, Math.max(params.minRtoUs, rto));
}

/** Begins to time a round trip unless one is being timed; `end` is what its ACK will say. */
export function startTiming(tcb: Tcb, end: number, nowUs: number): void {
  if (tcb.rttSentUs !== NEVER) return;
  tcb.rttSeq = end;
  tcb.rttSentUs = nowUs;
}

/**
 * Ends the round trip being timed, if this acknowledgment covers it. Karn's
 * rule (MUST-18) is kept by `stopTiming`: what is sent again is not timed.
 */
export function finishTiming(tcb: Tcb, ack: number, nowUs: number, params: TcpParams): void {
  if (tcb.rttSentUs === NEVER || !seqLe(tcb.rttSeq, ack)) return;
  sampleRtt(tcb, nowUs - tcb.rttSentUs, params);
  tcb.rttSentUs = NEVER;
}

export function stopTiming(tcb: Tcb): void {
  tcb.rttSentUs = NEVER;
}

/** RFC 6298 §5.5: back off the timer. */
export function backOff(tcb: Tcb, params: TcpParams): void {
  tcb.rtoUs = Math.min(params.maxRtoUs, 2 * tcb.rtoUs);
}
