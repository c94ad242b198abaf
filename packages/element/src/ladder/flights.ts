import type { Trace, TraceArrival, TraceSegment } from "@synfin/simulator";
import { lossTimeUs } from "@synfin/simulator/view";

/** Which lifeline: the first host stands on the left. */
export type Side = "left" | "right";

/** One copy of one transmission on its way. */
export interface Flight {
  readonly segment: TraceSegment;
  readonly arrival: TraceArrival;
  /** 0 for the first copy, which carries the label. */
  readonly copy: number;
  readonly from: Side;
  readonly sentAtUs: number;
  readonly arriveAtUs: number;
  /** When it vanished on the way; absent where it arrived. */
  readonly lostAtUs?: number;
  /**
   * How many of the same sender left at the same instant before it: the
   * picture sets each a row lower, since their lines would coincide.
   */
  readonly row: number;
}

/** The side of a host; a host that the trace does not list stands on the right. */
export function sideOf(trace: Trace, host: string): Side {
  return trace.hosts[0]?.name === host ? "left" : "right";
}

/** Every copy of every transmission, in the order of leaving. */
export function flights(trace: Trace): readonly Flight[] {
  const rows = new Map<string, number>();
  return trace.segments.flatMap((segment) => {
    const key = `${segment.from} ${segment.sentAtUs}`;
    const row = rows.get(key) ?? 0;
    rows.set(key, row + 1);
    return segment.arrivals.map((arrival, copy) => flight(trace, segment, arrival, copy, row));
  });
}

function flight(
  trace: Trace,
  segment: TraceSegment,
  arrival: TraceArrival,
  copy: number,
  row: number,
): Flight {
  const base = {
    segment,
    arrival,
    copy,
    row,
    from: sideOf(trace, segment.from),
    sentAtUs: segment.sentAtUs,
    arriveAtUs: arrival.atUs,
  };
  return arrival.verdict === "drop" ? { ...base, lostAtUs: lossTimeUs(segment, arrival) } : base;
}
