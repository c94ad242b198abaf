import type { Columns } from "./columns.ts";
import type { Flight } from "./flights.ts";
import type { Metrics } from "./options.ts";
import type { Arrow } from "./place-labels.ts";
import { type Polygon, uprightBox } from "./polygon.ts";
import type { TimeMap } from "./time-map.ts";
import { ladderWords } from "./words.ts";

/** The word beside the cross of a lost segment. */
export interface LossWord {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "end";
}

/** Half the size of a cross, in pixels. */
export const CROSS = 6;

/** Sets a flight between the lifelines. */
export function arrowOf(flight: Flight, map: TimeMap, columns: Columns, metrics: Metrics): Arrow {
  const down = flight.row * metrics.row;
  const toRight = flight.from === "left";
  const start = {
    x: toRight ? columns.innerX.left : columns.innerX.right,
    y: map.y(flight.sentAtUs) + down,
  };
  const goal = {
    x: toRight ? columns.innerX.right : columns.innerX.left,
    y: map.y(flight.arriveAtUs) + down,
  };
  if (flight.lostAtUs === undefined) return { flight, start, end: goal, goal };
  const y = map.y(flight.lostAtUs) + down;
  const share = (y - start.y) / (goal.y - start.y);
  return { flight, start, goal, end: { x: start.x + (goal.x - start.x) * share, y } };
}

/** The word `lost`, on the way that the segment did not go. */
export function lossWord(arrow: Arrow, metrics: Metrics): LossWord {
  const toRight = arrow.flight.from === "left";
  return {
    text: ladderWords(metrics.lang).verdict.drop,
    x: arrow.end.x + (toRight ? 1 : -1) * (CROSS + 6),
    y: arrow.end.y + 5,
    anchor: toRight ? "start" : "end",
  };
}

/** What a cross and its word take up. */
export function lossBoxes(arrow: Arrow, metrics: Metrics): Polygon[] {
  if (arrow.flight.lostAtUs === undefined) return [];
  const { x, y } = arrow.end;
  const word = lossWord(arrow, metrics);
  const width = metrics.measure(word.text, metrics.fontSize);
  const left = word.anchor === "start" ? word.x : word.x - width;
  return [
    uprightBox(x - CROSS - 2, y - CROSS - 2, x + CROSS + 2, y + CROSS),
    uprightBox(left, word.y - 10, left + width, word.y + 3),
  ];
}
