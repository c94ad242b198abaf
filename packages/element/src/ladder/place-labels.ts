import type { ShownNumbers } from "@synfin/simulator/view";
import type { Flight } from "./flights.ts";
import { type LabelLines, labelLayouts, lineText } from "./labels.ts";
import type { Marks } from "./marks.ts";
import type { Metrics } from "./options.ts";
import { overlap, type Point, type Polygon, turnedBox } from "./polygon.ts";

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

/** Sets each label where it crosses no arrow, no cross and no other label. */
export function placeLabels(
  arrows: readonly Arrow[],
  numbers: ReadonlyMap<string, ShownNumbers>,
  marks: Marks,
  metrics: Metrics,
  taken: readonly Polygon[],
  effort: Effort,
): Placement {
  const labels: PlacedLabel[] = [];
  const crowded: Arrow[] = [];
  const lines = arrows.map(({ start, end }): Polygon => [start, end]);
  for (const [index, arrow] of arrows.entries()) {
    const obstacles = [...lines, ...taken, ...labels.map(({ box }) => box)].filter(
      (shape) => shape !== lines[index] && isNear(arrow, shape),
    );
    const shown = numbers.get(arrow.flight.segment.id) ?? arrow.flight.segment;
    const mark = marks.get(arrow.flight.segment.id);
    const shortened = effort === Effort.SHORTEN;
    const layouts = labelLayouts(arrow.flight, shown, mark, metrics, shortened);
    const candidates = (): Generator<PlacedLabel> => candidatesFor(arrow, layouts, metrics, effort);
    const free = first(candidates(), ({ box }) => obstacles.every((one) => !overlap(box, one)));
    if (free === undefined && layouts.length > 0) crowded.push(arrow);
    const label =
      free ??
      first(candidates(), ({ box }) => box.every(({ y }) => y > 0)) ??
      first(candidates(), () => true) ??
      layouts.slice(-1).map((lines) => forced(arrow, lines, metrics))[0];
    if (label !== undefined) labels.push(label);
  }
  return { labels, crowded };
}

/** Where a label may stand, the best first; made one by one, since the first is mostly free. */
function* candidatesFor(
  arrow: Arrow,
  layouts: readonly LabelLines[],
  metrics: Metrics,
  effort: Effort,
): Generator<PlacedLabel> {
  for (const layout of layouts) {
    let isFitting = false;
    for (const place of places(arrow, layout, metrics)) {
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
function* places(arrow: Arrow, lines: LabelLines, metrics: Metrics): Generator<PlacedLabel> {
  const { start, goal } = arrow;
  const halfWidth =
    Math.max(...lines.map((parts) => metrics.measure(lineText(parts), metrics.fontSize))) / 2;
  const length = Math.hypot(goal.x - start.x, goal.y - start.y);
  const fitting = PLACES.filter(
    (place) => place * length - halfWidth >= 4 && (1 - place) * length - halfWidth >= 10,
  );
  const height = metrics.fontSize * 0.78 + (lines.length - 1) * LINE_HEIGHT;
  // Clear of the cross where there is room for that.
  const above = arrow.flight.lostAtUs === undefined ? [LIFT] : [LIFT + 5, LIFT];
  for (const lift of [...above, -(height + LIFT)]) {
    for (const place of fitting) yield placeAt(arrow, lines, place, halfWidth, lift, height);
  }
}

/** Whether a label of this arrow can reach a shape at all. */
function isNear({ start, goal }: Arrow, shape: Polygon): boolean {
  const reach = 5 * LINE_HEIGHT;
  return shape.some(({ y }) => y > start.y - reach) && shape.some(({ y }) => y < goal.y + reach);
}

/** In the middle of an arrow that is too short for it: better too long than absent. */
function forced(arrow: Arrow, lines: LabelLines, metrics: Metrics): PlacedLabel {
  const height = metrics.fontSize * 0.78 + (lines.length - 1) * LINE_HEIGHT;
  return placeAt(arrow, lines, 0.5, 0, LIFT, height);
}

/** Sets a label with the baseline of its lowest line `lift` above the arrow. */
function placeAt(
  { start, goal, ...arrow }: Arrow,
  lines: LabelLines,
  place: number,
  halfWidth: number,
  lift: number,
  height: number,
): PlacedLabel {
  const on = { x: start.x + (goal.x - start.x) * place, y: start.y + (goal.y - start.y) * place };
  // Read from left to right, whichever way the segment goes.
  const sign = goal.x >= start.x ? 1 : -1;
  const angle = Math.atan2((goal.y - start.y) * sign, (goal.x - start.x) * sign);
  return {
    arrow: { ...arrow, start, goal },
    lines,
    at: { x: on.x + lift * Math.sin(angle), y: on.y - lift * Math.cos(angle) },
    degrees: (angle * 180) / Math.PI,
    box: turnedBox(on, angle, halfWidth + 3, lift + height, -(lift - 3)),
  };
}
