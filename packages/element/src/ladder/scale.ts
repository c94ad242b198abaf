import type { Flight } from "./flights.ts";
import type { Metrics } from "./options.ts";
import type { SideNote } from "./side-notes.ts";
import { type TimeMap, timeMap } from "./time-map.ts";
import type { TimerSpan } from "./timer-spans.ts";

/** A stretch of time in which nothing happens, drawn shorter than it is. */
export interface Fold {
  readonly fromUs: number;
  readonly untilUs: number;
}

/** `y(untilUs)` is at least `atLeast` pixels below `y(fromUs)`. */
export interface Spacing {
  readonly fromUs: number;
  readonly untilUs: number;
  readonly atLeast: number;
}

/** The vertical axis: the map, and where it is folded. */
export interface Scale {
  readonly map: TimeMap;
  readonly folds: readonly Fold[];
}

/** How far a segment falls on its way, where nothing asks for more. */
const FALL = 44;
/** A gap longer than this is folded. */
const FOLD_ABOVE = 92;
const FOLDED = 58;
/** Between two moments that follow at once, so that the map has an inverse. */
const LEAST = 1;

/** What the axis must have room for. */
export interface Contents {
  readonly times: readonly number[];
  readonly flights: readonly Flight[];
  readonly notes: readonly SideNote[];
  readonly timers: readonly TimerSpan[];
}

/**
 * Sets every time as high as its distances allow. A gap takes its natural
 * height, a long one that of a fold, and each spacing pushes down what comes
 * after; since all of them look back, one pass in the order of time does it.
 */
export function buildScale(
  contents: Contents,
  metrics: Metrics,
  stretches: readonly Spacing[],
): Scale {
  const { times } = contents;
  const pixelsPerUs = FALL / oneWayUs(contents.flights);
  const spacings = groupByEnd([...spacingsOf(contents, metrics), ...stretches]);
  const ys: number[] = [];
  const byTime = new Map<number, number>();
  const folds: Fold[] = [];
  let [beforeUs, beforeY] = [times[0] ?? 0, metrics.top];
  for (const [index, atUs] of times.entries()) {
    const natural = (atUs - beforeUs) * pixelsPerUs;
    const folded = natural > FOLD_ABOVE;
    if (folded) folds.push({ fromUs: beforeUs, untilUs: atUs });
    let y = index === 0 ? metrics.top : beforeY + Math.max(LEAST, folded ? FOLDED : natural);
    for (const { fromUs, atLeast } of spacings.get(atUs) ?? []) {
      y = Math.max(y, (byTime.get(fromUs) ?? metrics.top) + atLeast);
    }
    ys.push(y);
    byTime.set(atUs, y);
    [beforeUs, beforeY] = [atUs, y];
  }
  return { map: timeMap(times, ys), folds };
}

/** The usual time of a segment on its way: the median, so that one delayed copy does not count. */
function oneWayUs(all: readonly Flight[]): number {
  const times = all.map(({ sentAtUs, arriveAtUs }) => arriveAtUs - sentAtUs).sort((a, b) => a - b);
  return Math.max(1, times[times.length >> 1] ?? 1);
}

function spacingsOf({ times, flights, notes, timers }: Contents, metrics: Metrics): Spacing[] {
  return [
    ...flights.map(({ sentAtUs, arriveAtUs }) => spacing(sentAtUs, arriveAtUs, 34)),
    ...timers.map(({ fromUs, untilUs }) => spacing(fromUs, untilUs, 40)),
    ...noteSpacings(notes, metrics),
    ...rowSpacings(times, flights, metrics),
  ];
}

function noteSpacings(notes: readonly SideNote[], metrics: Metrics): Spacing[] {
  return (["left", "right"] as const).flatMap((side) => {
    const own = notes.filter((note) => note.side === side);
    return own.slice(1).map((note, index) => {
      const before = own[index] ?? note;
      return spacing(before.atUs, note.atUs, before.lines.length * metrics.line + 2);
    });
  });
}

/** Room below an instant at which several segments leave, one row for each. */
function rowSpacings(
  times: readonly number[],
  flights: readonly Flight[],
  metrics: Metrics,
): Spacing[] {
  return flights
    .filter(({ row }) => row > 0)
    .flatMap(({ sentAtUs, arriveAtUs, row }) =>
      [sentAtUs, arriveAtUs].flatMap((fromUs) => {
        const next = times.find((atUs) => atUs > fromUs);
        return next === undefined ? [] : [spacing(fromUs, next, (row + 1) * metrics.row)];
      }),
    );
}

function spacing(fromUs: number, untilUs: number, atLeast: number): Spacing {
  return { fromUs, untilUs, atLeast };
}

function groupByEnd(spacings: readonly Spacing[]): ReadonlyMap<number, readonly Spacing[]> {
  const groups = new Map<number, Spacing[]>();
  for (const entry of spacings) {
    if (entry.untilUs <= entry.fromUs) continue;
    const group = groups.get(entry.untilUs);
    if (group === undefined) groups.set(entry.untilUs, [entry]);
    else group.push(entry);
  }
  return groups;
}
