import type {
  Trace,
  TraceArrival,
  TraceCall,
  TraceDelivery,
  TraceSegment,
  TraceSignal,
  TraceState,
  TraceTimer,
} from "../trace/trace.ts";

/** Something that happens at a moment; `host` is the end at which it does. */
export type Happening = { readonly host: string } & (
  | { readonly type: "timer"; readonly timer: TraceTimer }
  | { readonly type: "arrival"; readonly segment: TraceSegment; readonly arrival: TraceArrival }
  | { readonly type: "call"; readonly call: TraceCall }
  | { readonly type: "signal"; readonly signal: TraceSignal }
  | { readonly type: "delivery"; readonly delivery: TraceDelivery }
  | { readonly type: "state"; readonly state: TraceState }
  | { readonly type: "sent"; readonly segment: TraceSegment }
  | { readonly type: "lost"; readonly segment: TraceSegment; readonly arrival: TraceArrival }
);

/** Everything that happens at one time: one step of a reader through a run. */
export interface Moment {
  readonly atUs: number;
  /** Causes before effects: timers, arrivals, calls, then states, then what was sent. */
  readonly happenings: readonly Happening[];
}

/**
 * The moments of a run, in order: every time at which a user calls, a segment
 * leaves, arrives or is lost, a state changes or a timer runs out. Timers that
 * merely start or stop, signals and deliveries belong to a moment and make none.
 */
export function moments(trace: Trace): readonly Moment[] {
  const byTime = new Map<number, Happening[]>();
  for (const [atUs, happening] of happenings(trace)) {
    const group = byTime.get(atUs);
    if (group === undefined) byTime.set(atUs, [happening]);
    else group.push(happening);
  }
  return [...byTime]
    .filter(([, group]) => group.some(isNoted))
    .sort(([a], [b]) => a - b)
    .map(([atUs, group]) => ({ atUs, happenings: group.sort((a, b) => rank(a) - rank(b)) }));
}

/** When a lost copy vanishes: a little past half of its way, so that both ends miss it. */
export function lossTimeUs(segment: TraceSegment, arrival: TraceArrival): number {
  return segment.sentAtUs + Math.round((arrival.atUs - segment.sentAtUs) * 0.55);
}

function happenings(trace: Trace): [number, Happening][] {
  return [
    ...trace.events.map((event): [number, Happening] => [event.atUs, ofEvent(event)]),
    ...trace.states
      .filter(leadsElsewhere)
      .map((state): [number, Happening] => [
        state.atUs,
        { type: "state", host: state.host, state },
      ]),
    ...trace.segments.flatMap(ofSegment),
  ];
}

/** Whether an end is not there already: what its listener does beside it brings it nowhere new. */
function leadsElsewhere(change: TraceState, index: number, all: readonly TraceState[]): boolean {
  const before = all.slice(0, index).findLast(({ host }) => host === change.host);
  return before?.to !== change.to;
}

function ofEvent(event: Trace["events"][number]): Happening {
  const { host } = event;
  if (event.type === "call") return { type: "call", host, call: event };
  if (event.type === "timer") return { type: "timer", host, timer: event };
  if (event.type === "signal") return { type: "signal", host, signal: event };
  return { type: "delivery", host, delivery: event };
}

function ofSegment(segment: TraceSegment): [number, Happening][] {
  const sent: [number, Happening] = [
    segment.sentAtUs,
    { type: "sent", host: segment.from, segment },
  ];
  const fates = segment.arrivals.map((arrival): [number, Happening] =>
    arrival.verdict === "drop"
      ? [lossTimeUs(segment, arrival), { type: "lost", host: segment.from, segment, arrival }]
      : [arrival.atUs, { type: "arrival", host: segment.to, segment, arrival }],
  );
  return [sent, ...fates];
}

function isNoted(happening: Happening): boolean {
  if (happening.type === "timer") return happening.timer.action === "expire";
  return happening.type !== "signal" && happening.type !== "delivery";
}

const ORDER: readonly Happening["type"][] = [
  "timer",
  "arrival",
  "call",
  "delivery",
  "signal",
  "state",
  "sent",
  "lost",
];

function rank(happening: Happening): number {
  return ORDER.indexOf(happening.type);
}
