import type { Side } from "./flights.ts";
import type { Metrics } from "./options.ts";
import type { SideNote } from "./side-notes.ts";
import { type TimerSpan, timerLabel } from "./timer-spans.ts";

/** Where things stand from left to right, in pixels. */
export interface Columns {
  /** The middle of each lifeline. */
  readonly x: Readonly<Record<Side, number>>;
  /** The end of the notes that is nearer to the lifeline. */
  readonly noteX: Readonly<Record<Side, number>>;
  /**
   * The back of the timer brackets of the first lane; outwards from the notes, or next
   * to the band.
   */
  readonly timerX: Readonly<Record<Side, number>>;
  /** How far outwards the brackets of each further lane stand. */
  readonly laneWidth: number;
  /** The ends of the arrows: the inner edges of the bands. */
  readonly innerX: Readonly<Record<Side, number>>;
}

const GAP = 12;

/** Room for a pill around a text. */
export const PILL = 7;

/** Gives each side what its notes and timers need, and the rest to the arrows. */
export function columns(
  metrics: Metrics,
  notes: readonly SideNote[],
  timers: Readonly<Record<Side, readonly TimerSpan[]>>,
): Columns {
  const half = metrics.band / 2;
  const labels = [...timers.left, ...timers.right].flatMap((span) =>
    timerLabel(span, metrics.lang),
  );
  const widths = labels.map((text) => metrics.measure(text, metrics.fontSize));
  const laneWidth = Math.ceil(Math.max(50, ...widths)) + 12;
  const outside = (side: Side): number =>
    noteWidth(metrics, notes, side) +
    GAP +
    half +
    (metrics.roomy ? timerColumn(timers[side], laneWidth) : 4);
  const x = { left: outside("left"), right: metrics.width - outside("right") };
  const noteX = { left: x.left - half - GAP, right: x.right + half + GAP };
  // Where there is no column for timers, their brackets stand between notes and band.
  const bracketX = (side: Side, outwards: number): number =>
    metrics.roomy
      ? noteX[side] + outwards * (noteWidth(metrics, notes, side) + 12)
      : x[side] + outwards * (half + 4);
  return {
    x,
    noteX,
    laneWidth,
    timerX: { left: bracketX("left", -1), right: bracketX("right", 1) },
    innerX: { left: x.left + half, right: x.right - half },
  };
}

/** A bracket and its label, and a little more for each further lane. */
function timerColumn(timers: readonly TimerSpan[], laneWidth: number): number {
  if (timers.length === 0) return 8;
  return 14 + (1 + Math.max(...timers.map(({ lane }) => lane))) * laneWidth;
}

function noteWidth(metrics: Metrics, notes: readonly SideNote[], side: Side): number {
  // The state before the first event stands there, too.
  const texts = notes.filter((note) => note.side === side).flatMap(({ lines }) => lines);
  const widths = [{ text: "CLOSED" }, ...texts].map(({ text }) =>
    metrics.measure(text, metrics.fontSize),
  );
  return Math.ceil(Math.max(...widths)) + PILL;
}
