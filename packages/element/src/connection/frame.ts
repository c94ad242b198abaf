import type { StateName } from "@synfin/core/tcp";
import type { Trace, TraceSegment } from "@synfin/simulator";
import { type Moment, stateAt } from "@synfin/simulator/view";
import type { Side } from "../ladder/flights.ts";
import type { Ladder } from "../ladder/ladder.ts";
import type { Arrow } from "../ladder/place-labels.ts";

/** Where a segment is at a time. */
export type Phase = "past" | "air" | "ahead";

/** A copy of a segment on its way. */
export interface Dot {
  readonly id: string;
  readonly side: Side;
  readonly x: number;
  readonly y: number;
}

/** What a reader sees at one time: a pure function of the ladder and the time. */
export interface Frame {
  readonly atUs: number;
  /** Where the line of the present stands. */
  readonly y: number;
  /** The moment that was last, from 0; −1 before the first. */
  readonly step: number;
  readonly dots: readonly Dot[];
  readonly ends: readonly {
    readonly side: Side;
    readonly host: string;
    readonly state: StateName;
  }[];
}

/** The frame at a time. */
export function frameAt(ladder: Ladder, steps: readonly Moment[], atUs: number): Frame {
  return {
    atUs,
    y: ladder.map.y(atUs),
    step: stepAt(steps, atUs),
    dots: ladder.arrows.flatMap((arrow) => dot(ladder, arrow, atUs)),
    ends: ladder.hosts.map(({ side, host }) => ({
      side,
      host: host.name,
      state: stateAt(ladder.trace, host.name, atUs),
    })),
  };
}

/** The last moment that is not after a time; −1 where there is none. */
export function stepAt(steps: readonly Moment[], atUs: number): number {
  return steps.findLastIndex((step) => step.atUs <= atUs);
}

/** The segment that a moment is about: the last that it sends, loses or brings, if there is one. */
export function subjectOf(trace: Trace, moment: Moment | undefined): TraceSegment | undefined {
  const happening = moment?.happenings.findLast(
    ({ type }) => type === "sent" || type === "lost" || type === "arrival",
  );
  if (happening !== undefined && "segment" in happening) return happening.segment;
  const atUs = moment?.atUs ?? 0;
  return trace.segments.findLast((segment) => phaseOf(segment, atUs) !== "ahead");
}

/** Whether a segment is still to come, on its way (all of its copies), or past. */
export function phaseOf({ sentAtUs, arrivals }: TraceSegment, atUs: number): Phase {
  if (atUs < sentAtUs) return "ahead";
  const first = Math.min(...arrivals.map((arrival) => arrival.atUs));
  return atUs < first ? "air" : "past";
}

/** Whether losing a segment would still change what comes. */
export function canDrop(segment: TraceSegment, atUs: number): boolean {
  return !isLost(segment) && phaseOf(segment, atUs) !== "past";
}

/** Whether no copy of a segment ever arrives. */
export function isLost({ arrivals }: TraceSegment): boolean {
  return arrivals.every(({ verdict }) => verdict === "drop");
}

function dot({ map }: Ladder, { flight, start, goal }: Arrow, atUs: number): Dot[] {
  if (atUs < flight.sentAtUs || atUs >= (flight.lostAtUs ?? flight.arriveAtUs)) return [];
  const from = map.y(flight.sentAtUs);
  const share = (map.y(atUs) - from) / (map.y(flight.arriveAtUs) - from);
  return [
    {
      id: flight.segment.id,
      side: flight.from,
      x: start.x + (goal.x - start.x) * share,
      y: start.y + (goal.y - start.y) * share,
    },
  ];
}
