import type { StateName } from "@synfin/core/tcp";
import type { Trace, TraceHost } from "@synfin/simulator";
import {
  formatDuration,
  type Moment,
  moments,
  type ShownNumbers,
  shownNumbers,
  stays,
} from "@synfin/simulator/view";
import { arrowOf, lossBoxes } from "./arrows.ts";
import { type Columns, columns } from "./columns.ts";
import { type Flight, flights, type Side, sideOf } from "./flights.ts";
import { type Marks, segmentMarks } from "./marks.ts";
import { type LadderOptions, type Metrics, metrics } from "./options.ts";
import { type Arrow, Effort, type PlacedLabel, placeLabels, Settings } from "./place-labels.ts";
import { overlap, type Polygon, uprightBox } from "./polygon.ts";
import { buildScale, type Contents, type Scale, type Spacing } from "./scale.ts";
import { type NoteLine, type SideNote, sideNotes } from "./side-notes.ts";
import type { TimeMap } from "./time-map.ts";
import { type TimerSpan, timerSpans } from "./timer-spans.ts";

/** A ladder laid out: what stands where, in pixels, and no word yet on how it is drawn. */
export interface Ladder {
  readonly trace: Trace;
  readonly metrics: Metrics;
  readonly width: number;
  readonly height: number;
  /** Time to height, and back. */
  readonly map: TimeMap;
  readonly columns: Columns;
  readonly numbers: ReadonlyMap<string, ShownNumbers>;
  readonly marks: Marks;
  /** What a reader steps through. */
  readonly steps: readonly Moment[];
  readonly hosts: readonly { readonly side: Side; readonly host: TraceHost }[];
  readonly bands: readonly Band[];
  readonly notes: readonly PlacedNote[];
  readonly arrows: readonly Arrow[];
  readonly labels: readonly PlacedLabel[];
  readonly timers: readonly PlacedTimer[];
  readonly folds: readonly PlacedFold[];
}

/** A stretch of a lifeline in one state. */
export interface Band {
  readonly side: Side;
  readonly state: StateName;
  readonly top: number;
  readonly bottom: number;
}

/** One line of a note; `y` is its middle. */
export interface PlacedNote extends NoteLine {
  readonly side: Side;
  /** `-Infinity` for the state before the first event. */
  readonly atUs: number;
  readonly y: number;
}

/** A timer's bracket. */
export interface PlacedTimer {
  readonly span: TimerSpan;
  readonly side: Side;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * A break in the lifelines; `label` is how much time it leaves out, empty where an
 * arrow crosses it.
 */
export interface PlacedFold {
  readonly atUs: number;
  readonly y: number;
  readonly label: string;
}

/** Space from the top to the middle of the first note, and below the last event. */
const HEAD = 18;
const FOOT = 28;
/** The same below the lowest label. */
const LABEL_FOOT = 4;

/**
 * Lays out a trace as a ladder: pure, without a browser. Where a label finds no
 * free place, the picture is stretched there and laid out again.
 */
export function layoutLadder(trace: Trace, options: LadderOptions = {}): Ladder {
  const sizes = metrics(options);
  const steps = moments(trace);
  const notes = sideNotes(trace, steps, sizes);
  const timers = timerSpans(trace);
  const all = flights(trace);
  const contents = { times: anchorTimes(trace, all), flights: all, notes, timers };
  const bySide = (side: Side): TimerSpan[] =>
    timers.filter(({ host }) => sideOf(trace, host) === side);
  const across = columns(sizes, notes, { left: bySide("left"), right: bySide("right") });
  const numbers = shownNumbers(trace, sizes.seq);
  const marks = segmentMarks(trace, numbers, sizes.lang);
  const known = { trace, steps, numbers, marks, columns: across };
  return { ...known, ...settle(contents, sizes, known) };
}

/** Every time at which something stands in the picture. */
function anchorTimes(trace: Trace, all: readonly Flight[]): number[] {
  // A map needs two times, even of a run in which nothing lasts.
  const times = new Set([0, Math.max(1, trace.endedAtUs)]);
  for (const { sentAtUs, arriveAtUs } of all) times.add(sentAtUs).add(arriveAtUs);
  for (const { atUs } of trace.states) times.add(atUs);
  for (const event of trace.events) {
    if (event.type === "timer" || event.type === "call") times.add(event.atUs);
  }
  return [...times].sort((a, b) => a - b);
}

type Known = Pick<Ladder, "trace" | "steps" | "numbers" | "marks" | "columns">;
type Settled = Omit<Ladder, keyof Known>;

const MOST_ROUNDS = 24;

const FAR = 10_000;
/** No label may stick out at the top. */
const ABOVE_THE_PICTURE: Polygon = [
  { x: -FAR, y: -FAR },
  { x: FAR, y: -FAR },
  { x: FAR, y: 0 },
  { x: -FAR, y: 0 },
];

function settle(contents: Contents, start: Metrics, known: Known): Settled {
  const { trace, numbers, marks, columns: across } = known;
  const stretches: Spacing[] = [];
  const settings = new Settings(numbers, marks, start);
  let sizes = start;
  for (let round = 0; ; round++) {
    const scale = buildScale(contents, sizes, stretches);
    const arrows = contents.flights.map((flight) => arrowOf(flight, scale.map, across, sizes));
    const folds = placeFolds(scale, arrows, across, sizes);
    const taken = [
      ABOVE_THE_PICTURE,
      ...arrows.flatMap((arrow) => lossBoxes(arrow, sizes)),
      ...folds.map((fold) => foldBox(fold, across, sizes)),
      ...lifelineBoxes(scale.map, across, sizes),
    ];
    const effort = effortOf(round, sizes);
    const { labels, crowded } = placeLabels(arrows, settings, taken, effort);
    if (crowded.length === 0 || round === MOST_ROUNDS) {
      return {
        metrics: sizes,
        map: scale.map,
        arrows,
        folds,
        labels,
        ...surroundings(contents, scale.map, sizes, across, trace, labels),
      };
    }
    stretches.push(...crowded.flatMap((arrow) => stretch(arrow, arrows, scale.map)));
    if (crowded.some((arrow) => hasTwin(arrow, arrows))) sizes = { ...sizes, row: sizes.row + 2 };
  }
}

/** Whether another leaves with it: time cannot part them, only higher rows can. */
function hasTwin({ flight }: Arrow, arrows: readonly Arrow[]): boolean {
  return arrows.some(
    (other) =>
      other.flight.segment !== flight.segment &&
      other.flight.from === flight.from &&
      other.flight.sentAtUs === flight.sentAtUs,
  );
}

/** First a label is given more room, then it is broken, and at last shortened. */
function effortOf(round: number, { roomy }: Metrics): Effort {
  if (round > 14) return Effort.SHORTEN;
  return round > (roomy ? 5 : 1) ? Effort.BREAK : Effort.BEST;
}

/** More room for an arrow: for its own fall, and from those that leave or arrive just before it. */
function stretch({ flight }: Arrow, arrows: readonly Arrow[], map: TimeMap): Spacing[] {
  const { sentAtUs, arriveAtUs } = flight;
  const earlier = arrows.map((arrow) => arrow.flight).filter((other) => other !== flight);
  const before = (atUs: number): number[] =>
    earlier.flatMap((other) => [other.sentAtUs, other.arriveAtUs]).filter((other) => other < atUs);
  const wider = (fromUs: number, untilUs: number): Spacing => ({
    fromUs,
    untilUs,
    atLeast: map.y(untilUs) - map.y(fromUs) + 5,
  });
  const previous = (atUs: number): Spacing[] => {
    const latest = Math.max(...before(atUs));
    return Number.isFinite(latest) ? [wider(latest, atUs)] : [];
  };
  return [wider(sentAtUs, arriveAtUs), ...previous(sentAtUs), ...previous(arriveAtUs)];
}

function surroundings(
  contents: Contents,
  map: TimeMap,
  sizes: Metrics,
  across: Columns,
  trace: Trace,
  labels: readonly PlacedLabel[],
): Pick<Ladder, "width" | "height" | "hosts" | "bands" | "notes" | "timers"> {
  const notes = placeNotes(contents.notes, map, sizes, trace);
  const lowest = Math.max(map.endY, ...notes.map(({ y }) => y));
  // The last label may stand below its arrow, and an arrow may end below the last note.
  const drawn = labels.flatMap(({ box, arrow }) => [...box, arrow.end, arrow.goal]);
  const labelled = Math.max(...drawn.map(({ y }) => y + LABEL_FOOT));
  const height = Math.ceil(Math.max(lowest + FOOT, labelled));
  const hosts = trace.hosts.map((host) => ({ side: sideOf(trace, host.name), host }));
  return {
    width: sizes.width,
    height,
    hosts,
    bands: hosts.flatMap(({ side, host }) => bandsOf(trace, host.name, side, map, height)),
    notes,
    timers: contents.timers.map((span) => placeTimer(span, sideOf(trace, span.host), map, across)),
  };
}

function bandsOf(trace: Trace, host: string, side: Side, map: TimeMap, height: number): Band[] {
  return stays(trace, host)
    .map(({ state, fromUs, untilUs }) => ({
      side,
      state,
      top: fromUs === Number.NEGATIVE_INFINITY ? 4 : map.y(fromUs),
      bottom: untilUs === Number.POSITIVE_INFINITY ? height - 6 : map.y(untilUs),
    }))
    .filter(({ top, bottom }) => bottom > top);
}

function placeNotes(
  notes: readonly SideNote[],
  map: TimeMap,
  sizes: Metrics,
  trace: Trace,
): PlacedNote[] {
  const first = trace.hosts.map(
    ({ name, initialState }): PlacedNote => ({
      kind: "state",
      text: initialState,
      state: initialState,
      side: sideOf(trace, name),
      atUs: Number.NEGATIVE_INFINITY,
      y: HEAD,
    }),
  );
  const rest = notes.flatMap(({ side, atUs, lines }) =>
    lines.map((line, index) => ({ ...line, side, atUs, y: map.y(atUs) + index * sizes.line })),
  );
  return [...first, ...rest];
}

function placeTimer(span: TimerSpan, side: Side, map: TimeMap, across: Columns): PlacedTimer {
  const outwards = side === "left" ? -1 : 1;
  return {
    span,
    side,
    x: across.timerX[side] + outwards * span.lane * across.laneWidth,
    top: map.y(span.fromUs),
    bottom: map.y(span.untilUs),
  };
}

function placeFolds(
  { map, folds }: Scale,
  arrows: readonly Arrow[],
  across: Columns,
  sizes: Metrics,
): PlacedFold[] {
  return folds.map(({ fromUs, untilUs }) => {
    const y = (map.y(fromUs) + map.y(untilUs)) / 2;
    const fold = { atUs: (fromUs + untilUs) / 2, y, label: formatDuration(untilUs - fromUs) };
    const box = foldBox(fold, across, sizes);
    const crossed = arrows.some(({ start, end }) => overlap(box, [start, end]));
    return crossed ? { ...fold, label: "" } : fold;
  });
}

/** What the lifelines take up, so that no label lies on them. */
function lifelineBoxes(map: TimeMap, across: Columns, sizes: Metrics): Polygon[] {
  const half = sizes.band / 2;
  return [across.x.left, across.x.right].map((x) =>
    uprightBox(x - half, map.startY, x + half, map.endY + FOOT),
  );
}

function foldBox({ label, y }: PlacedFold, across: Columns, sizes: Metrics): Polygon {
  const middle = (across.x.left + across.x.right) / 2;
  const half = sizes.measure(label, sizes.fontSize) / 2 + 6;
  return uprightBox(middle - half, y - 8, middle + half, y + 8);
}
