import type { CensusRow } from "../bulk/census.ts";
import { type Band, countOf } from "./bands.ts";
import { niceStep, timeStep } from "./steps.ts";

/** The size of a chart in CSS pixels, and the values at its far edges. */
export interface ChartFrame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly maxUs: number;
  readonly maxCount: number;
}

/** One layer as a closed path, with the place where its name fits, if it fits. */
export interface Area {
  readonly band: Band;
  readonly path: string;
  /** Its upper edge, an open line. */
  readonly edge: string;
  readonly label: { readonly x: number; readonly y: number } | undefined;
}

export interface Tick {
  readonly at: number;
  readonly value: number;
}

/** About so many steps from the floor to the top. */
const COUNT_TICKS = 5;

/** Text of 11 px needs this much height to stand inside a layer. */
const LABEL_HEIGHT = 18;
const CHARACTER_WIDTH = 7;
const MARGIN = 5;

/** A frame for a chart of this width that holds so much time and so many connections. */
export function chartFrame(width: number, maxUs: number, maxCount: number): ChartFrame {
  const step = niceStep(Math.max(1, maxCount), COUNT_TICKS);
  return {
    width,
    height: width < 480 ? 220 : 270,
    left: 46,
    right: 12,
    top: 12,
    bottom: 26,
    maxUs: Math.max(1, maxUs),
    maxCount: Math.ceil(Math.max(1, maxCount) / step) * step,
  };
}

export function xOf(frame: ChartFrame, atUs: number): number {
  const span = frame.width - frame.left - frame.right;
  return frame.left + (atUs / frame.maxUs) * span;
}

export function yOf(frame: ChartFrame, count: number): number {
  const span = frame.height - frame.top - frame.bottom;
  return frame.height - frame.bottom - (count / frame.maxCount) * span;
}

/** The layers as stacked areas, from the bottom up. */
export function stackedAreas(
  frame: ChartFrame,
  census: readonly CensusRow[],
  bands: readonly Band[],
  host: number,
): Area[] {
  const floor = census.map(() => 0);
  return bands.map((band) => {
    const lower = [...floor];
    census.forEach((row, index) => {
      floor[index] = (floor[index] ?? 0) + countOf(row, host, band.state);
    });
    return {
      band,
      path: `${linePath(frame, census, floor)}${backPath(frame, census, lower)}`,
      edge: linePath(frame, census, floor),
      label: labelPlace(frame, census, lower, floor, band.name),
    };
  });
}

function linePath(
  frame: ChartFrame,
  census: readonly CensusRow[],
  heights: readonly number[],
): string {
  return census.length < 2 ? "" : `M${points(frame, census, heights).join("L")}`;
}

/** From the end of the upper edge back along the lower one. */
function backPath(
  frame: ChartFrame,
  census: readonly CensusRow[],
  heights: readonly number[],
): string {
  return census.length < 2 ? "" : `L${points(frame, census, heights).reverse().join("L")}Z`;
}

function points(
  frame: ChartFrame,
  census: readonly CensusRow[],
  heights: readonly number[],
): string[] {
  return census.map((row, index) => {
    return `${round(xOf(frame, row.atUs))} ${round(yOf(frame, heights[index] ?? 0))}`;
  });
}

/** Places along the chart at which a layer's name is tried. */
const TRIES = 24;

/** The roomiest place for the layer's name, if it fits anywhere. */
function labelPlace(
  frame: ChartFrame,
  census: readonly CensusRow[],
  lower: readonly number[],
  upper: readonly number[],
  name: string,
): Area["label"] {
  const half = (name.length * CHARACTER_WIDTH) / 2 + MARGIN;
  const from = xOf(frame, census[0]?.atUs ?? 0) + half;
  const to = xOf(frame, census.at(-1)?.atUs ?? 0) - half;
  if (to < from) return undefined;
  let best = { room: LABEL_HEIGHT, x: 0, y: 0 };
  let found = false;
  for (let n = 0; n <= TRIES; n += 1) {
    const x = from + ((to - from) * n) / TRIES;
    const { top, bottom } = clearance(frame, census, lower, upper, x - half, x + half);
    if (bottom - top < best.room) continue;
    best = { room: bottom - top, x, y: (top + bottom) / 2 };
    found = true;
  }
  return found ? { x: round(best.x), y: round(best.y + 4) } : undefined;
}

/** The height that a layer has free all the way from one x to another. */
function clearance(
  frame: ChartFrame,
  census: readonly CensusRow[],
  lower: readonly number[],
  upper: readonly number[],
  fromX: number,
  toX: number,
): { readonly top: number; readonly bottom: number } {
  let top = frame.top;
  let bottom = frame.height - frame.bottom;
  census.forEach((row, index) => {
    const x = xOf(frame, row.atUs);
    if (x < fromX || x > toX) return;
    top = Math.max(top, yOf(frame, upper[index] ?? 0));
    bottom = Math.min(bottom, yOf(frame, lower[index] ?? 0));
  });
  return { top, bottom };
}

/** Round counts from zero to the top of the chart. */
export function countTicks(frame: ChartFrame): Tick[] {
  return ticks(frame.maxCount, niceStep(frame.maxCount, COUNT_TICKS), (count) => yOf(frame, count));
}

/** Round times from zero to the right edge, in microseconds; fewer where it is narrow. */
export function timeTicks(frame: ChartFrame): Tick[] {
  const step = timeStep(frame.maxUs, Math.max(2, frame.width / 90));
  return ticks(frame.maxUs, step, (atUs) => xOf(frame, atUs));
}

function ticks(max: number, step: number, place: (value: number) => number): Tick[] {
  return Array.from({ length: Math.floor(max / step + 1e-9) + 1 }, (_, index) => {
    const value = index * step;
    return { value, at: round(place(value)) };
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
