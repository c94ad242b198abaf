import type { ShownNumbers } from "@synfin/simulator/view";
import type { Flight } from "./flights.ts";
import { type LabelLines, labelLayouts, lineText } from "./labels.ts";
import type { Marks } from "./marks.ts";
import { Obstacle } from "./obstacle.ts";
import type { Metrics } from "./options.ts";
import { type Point, type Polygon, turnedBox } from "./polygon.ts";
import { Series } from "./series.ts";

/** A flight as a straight line. */
export interface Arrow {
  readonly flight: Flight;
  readonly start: Point;
  /** Where it arrives, or vanishes. */
  readonly end: Point;
  /** Where it would have arrived. */
  readonly goal: Point;
}

/** A label along an arrow. */
export interface PlacedLabel {
  readonly arrow: Arrow;
  readonly lines: LabelLines;
  /** The middle of the lowest line's baseline. */
  readonly at: Point;
  /** Degrees, for the `rotate` of SVG; never upside down. */
  readonly degrees: number;
  readonly box: Polygon;
}

/** The labels, and the arrows that found no free place for theirs. */
export interface Placement {
  readonly labels: readonly PlacedLabel[];
  readonly crowded: readonly Arrow[];
}

/** Space from the line of the arrow to the letters. */
const LIFT = 5;
export const LINE_HEIGHT = 13;
/** Along the arrow, from the sender: the middle first, then outwards. */
const PLACES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].flatMap((step) =>
  step === 0 ? [0.5] : [0.5 - step * 0.03, 0.5 + step * 0.03],
);

/** How much a label may be changed to find a place. */
export const Effort = {
  /** It is broken only where its arrow is too short. */
  BEST: 0,
  /** It may be broken into more lines. */
  BREAK: 1,
  /** It may leave its numbers out. */
  SHORTEN: 2,
} as const;

export type Effort = (typeof Effort)[keyof typeof Effort];

/** A way to set a label. */
class Setting {
  readonly lines: LabelLines;
  readonly height: number;
  readonly #metrics: Metrics;
  #halfWidth: number | undefined;

  constructor(lines: LabelLines, metrics: Metrics) {
    this.lines = lines;
    this.height = metrics.fontSize * 0.78 + (lines.length - 1) * LINE_HEIGHT;
    this.#metrics = metrics;
  }

  /** Measured where it is asked for: mostly the best way fits. */
  get halfWidth(): number {
    const { fontSize, measure } = this.#metrics;
    this.#halfWidth ??=
      Math.max(...this.lines.map((parts) => measure(lineText(parts), fontSize))) / 2;
    return this.#halfWidth;
  }
}

/** The ways to set each label: the same however the picture is stretched. */
export class Settings {
  readonly #numbers: ReadonlyMap<string, ShownNumbers>;
  readonly #marks: Marks;
  readonly #metrics: Metrics;
  readonly #usual: Map<Flight, Series<LabelLines, Setting>> = new Map();
  readonly #shortened: Map<Flight, Series<LabelLines, Setting>> = new Map();

  constructor(numbers: ReadonlyMap<string, ShownNumbers>, marks: Marks, metrics: Metrics) {
    this.#numbers = numbers;
    this.#marks = marks;
    this.#metrics = metrics;
  }

  /** The best first. */
  of(flight: Flight, shortened: boolean): Series<LabelLines, Setting> {
    const known = shortened ? this.#shortened : this.#usual;
    const before = known.get(flight);
    if (before !== undefined) return before;
    const { segment } = flight;
    const shown = this.#numbers.get(segment.id) ?? segment;
    const mark = this.#marks.get(segment.id);
    const layouts = labelLayouts(flight, shown, mark, this.#metrics, shortened);
    const settings = new Series(layouts, (lines) => new Setting(lines, this.#metrics));
    known.set(flight, settings);
    return settings;
  }
}

/** Sets each label where it crosses no arrow, no cross and no other label. */
export function placeLabels(
  arrows: readonly Arrow[],
  settings: Settings,
  taken: readonly Polygon[],
  effort: Effort,
): Placement {
  const labels: PlacedLabel[] = [];
  const crowded: Arrow[] = [];
  const lines = arrows.map(({ start, end }) => new Obstacle([start, end]));
  const others = taken.map((shape) => new Obstacle(shape));
  for (const [index, arrow] of arrows.entries()) {
    const near = [...lines, ...others].filter(
      (one) => one !== lines[index] && one.isNear(arrow.start.y - REACH, arrow.goal.y + REACH),
    );
    const ways = settings.of(arrow.flight, effort === Effort.SHORTEN);
    const candidates = (): Generator<PlacedLabel> => candidatesFor(arrow, ways, effort);
    const free = first(candidates(), ({ box }) => !near.some((one) => one.isHit(box)));
    if (free === undefined && !ways.isEmpty) crowded.push(arrow);
    const label =
      free ??
      first(candidates(), ({ box }) => box.every(({ y }) => y > 0)) ??
      first(candidates(), () => true) ??
      [...ways].slice(-1).map((way) => forced(arrow, way))[0];
    if (label === undefined) continue;
    labels.push(label);
    others.push(new Obstacle(label.box));
  }
  return { labels, crowded };
}

/** How far from its arrow a label can reach at most. */
const REACH = 5 * LINE_HEIGHT;

/** Where a label may stand, the best first; made one by one, since the first is mostly free. */
function* candidatesFor(
  arrow: Arrow,
  ways: Iterable<Setting>,
  effort: Effort,
): Generator<PlacedLabel> {
  for (const way of ways) {
    let isFitting = false;
    for (const place of places(arrow, way)) {
      isFitting = true;
      yield place;
    }
    if (isFitting && effort === Effort.BEST) return;
  }
}

function first<T>(all: Iterable<T>, isRight: (one: T) => boolean): T | undefined {
  for (const one of all) if (isRight(one)) return one;
  return undefined;
}

/**
 * The places of one layout of a label along its arrow, above the line and then below
 * it; none where it is too long.
 */
function* places(arrow: Arrow, way: Setting): Generator<PlacedLabel> {
  const { start, goal, flight } = arrow;
  const { halfWidth, height } = way;
  const length = Math.hypot(goal.x - start.x, goal.y - start.y);
  const isFitting = (place: number): boolean =>
    place * length - halfWidth >= 4 && (1 - place) * length - halfWidth >= 10;
  // Clear of the cross where there is room for that.
  const above = flight.lostAtUs === undefined ? [LIFT] : [LIFT + 5, LIFT];
  for (const lift of [...above, -(height + LIFT)]) {
    for (const place of PLACES) {
      if (isFitting(place)) yield placeAt(arrow, way, place, halfWidth, lift);
    }
  }
}

/** In the middle of an arrow that is too short for it: better too long than absent. */
function forced(arrow: Arrow, way: Setting): PlacedLabel {
  return placeAt(arrow, way, 0.5, 0, LIFT);
}

/** Sets a label with the baseline of its lowest line `lift` above the arrow. */
function placeAt(
  arrow: Arrow,
  { lines, height }: Setting,
  place: number,
  halfWidth: number,
  lift: number,
): PlacedLabel {
  const { start, goal } = arrow;
  const on = { x: start.x + (goal.x - start.x) * place, y: start.y + (goal.y - start.y) * place };
  // Read from left to right, whichever way the segment goes.
  const sign = goal.x >= start.x ? 1 : -1;
  const angle = Math.atan2((goal.y - start.y) * sign, (goal.x - start.x) * sign);
  return {
    arrow,
    lines,
    at: { x: on.x + lift * Math.sin(angle), y: on.y - lift * Math.cos(angle) },
    degrees: (angle * 180) / Math.PI,
    box: turnedBox(on, angle, halfWidth + 3, lift + height, -(lift - 3)),
  };
}
