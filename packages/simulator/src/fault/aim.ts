import { Flag, type Segment, segmentLength, seqAdd, seqLt } from "@synfin/core/tcp";
import type { Fault, FaultKind } from "./fault.ts";

/** What a fault's aim needs to know of a transmission that is about to leave. */
export interface Target {
  readonly end: string;
  readonly flow: number;
  readonly segment: Readonly<Segment>;
  /** Number of the transmission, from 1, counting every one of this end and flow. */
  readonly number: number;
  readonly retransmission: boolean;
  readonly injected: boolean;
}

/** A stretch of the sequence space: what a fault's first hit carried. */
interface Stretch {
  readonly seq: number;
  readonly end: number;
}

/** The kind of a segment, in the fault grammar's words. */
export function kindOf(segment: Readonly<Segment>): Exclude<FaultKind, "any"> {
  if ((segment.flags & Flag.RST) !== 0) return "RST";
  if ((segment.flags & Flag.SYN) !== 0) return (segment.flags & Flag.ACK) !== 0 ? "SYN-ACK" : "SYN";
  if ((segment.flags & Flag.FIN) !== 0) return "FIN";
  return segment.length > 0 ? "DATA" : "ACK";
}

/** Decides which fault, if any, strikes a transmission. One aim serves one run. */
export class FaultAim {
  private readonly faults: readonly Fault[];
  private readonly counts = new Map<string, number>();
  private readonly struck = new Map<string, Stretch[]>();

  constructor(faults: readonly Fault[]) {
    this.faults = faults;
  }

  /** The first fault in the list that strikes; call it once for each transmission, in order. */
  strike(target: Target): Fault | undefined {
    const kind = kindOf(target.segment);
    const original = !target.retransmission && !target.injected;
    const nth = original ? this.count(target, kind) : 0;
    let hit: Fault | undefined;
    this.faults.forEach((fault, index) => {
      if (fault.end !== target.end) return;
      const strikes =
        fault.kind === "any"
          ? fault.nth === 0 || fault.nth === target.number
          : fault.kind === kind && original && (fault.nth === 0 || fault.nth === nth);
      if (strikes) this.remember(index, target);
      if ((strikes || this.strikesAgain(fault, index, target)) && hit === undefined) hit = fault;
    });
    return hit;
  }

  private count(target: Target, kind: FaultKind): number {
    const key = `${target.end} ${target.flow} ${kind}`;
    const nth = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, nth);
    return nth;
  }

  private remember(index: number, target: Target): void {
    const key = `${index} ${target.flow}`;
    const stretches = this.struck.get(key) ?? [];
    stretches.push(stretchOf(target.segment));
    this.struck.set(key, stretches);
  }

  /** With `+`: a retransmission of anything that this fault has struck before. */
  private strikesAgain(fault: Fault, index: number, target: Target): boolean {
    if (!fault.retransmissions || !target.retransmission) return false;
    const { seq, end } = stretchOf(target.segment);
    const stretches = this.struck.get(`${index} ${target.flow}`) ?? [];
    return stretches.some((struck) => seqLt(seq, struck.end) && seqLt(struck.seq, end));
  }
}

function stretchOf(segment: Readonly<Segment>): Stretch {
  return { seq: segment.seq, end: seqAdd(segment.seq, segmentLength(segment)) };
}
