import { legend } from "./legend.ts";
import { shortNumber, shortShare } from "./quantities.ts";
import { line, type PlotTheme, path, px, type Shape, svgFile, text } from "./sheet.ts";
import { roundUp } from "./steps.ts";

/** What one run of a sweep found: a mean and the bounds of its interval. */
export interface SweepPoint {
  readonly x: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface SweepAxis {
  /** What it is, with its unit: `arrivals (1/s)`. */
  readonly label: string;
  /** `share` writes 0.059 as 5.9%; a plain number if left out. */
  readonly kind?: "number" | "share";
}

export interface SweepPlot {
  readonly title: string;
  readonly x: SweepAxis;
  readonly y: SweepAxis;
  /** What the points are: `simulated, 99 % interval`. */
  readonly points: string;
  /** What should come out: its name, and places on its line in order of x. */
  readonly theory?: {
    readonly name: string;
    readonly line: readonly (readonly [x: number, y: number])[];
  };
  readonly theme?: PlotTheme;
  /** Pixels; 640 if left out. At least 320. */
  readonly width?: number;
}

/** One direction of the chart: its bounds in both measures, and its ticks. */
interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
  readonly write: (value: number) => string;
}

const LEFT = 60;
const RIGHT = 20;
const PLOT = 260;
const TITLE = 40;

/**
 * A result against what was varied, as a standalone SVG: a point with its
 * interval for each run, and the line that theory wants them on.
 */
export function sweepSvg(points: readonly SweepPoint[], plot: SweepPlot): string {
  const width = Math.max(320, plot.width ?? 640);
  const names = legend(legendItems(plot), 16, width - RIGHT, TITLE);
  const top = TITLE + names.height + 26;
  const floor = top + PLOT;
  const theory = plot.theory?.line ?? [];
  const xs = [...points.map(({ x }) => x), ...theory.map(([x]) => x)];
  const ys = [...points.flatMap(({ mean, high }) => [mean, high]), ...theory.map(([, y]) => y)];
  const x = scale(xs, plot.x, LEFT, width - RIGHT, width / 90);
  const y = scale([0, ...ys], plot.y, floor, top, 5);
  return svgFile({
    width,
    height: floor + 46,
    title: plot.title,
    description: describe(points, plot),
    theme: plot.theme ?? "auto",
    body: [
      ...names.shapes,
      text("name", 16, top - 12, "start", plot.y.label),
      ...y.ticks.flatMap((value) => [
        line("grid", LEFT, y.at(value), width - RIGHT, y.at(value)),
        text("", LEFT - 6, y.at(value) + 4, "end", y.write(value)),
      ]),
      ...x.ticks.flatMap((value) => [
        line("axis", x.at(value), floor, x.at(value), floor + 4),
        text("", x.at(value), floor + 16, "middle", x.write(value)),
      ]),
      line("axis", LEFT, floor, width - RIGHT, floor),
      text("name", width - RIGHT, floor + 34, "end", plot.x.label),
      ...theoryLine(theory, x, y),
      ...points.flatMap((one) => drawPoint(one, x, y)),
    ],
  });
}

/** Round bounds around all values, and round steps between them. */
function scale(
  values: readonly number[],
  axis: SweepAxis,
  from: number,
  to: number,
  wanted: number,
): Scale {
  const finite = values.filter((value) => Number.isFinite(value));
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  const step = roundUp((most - least || Math.abs(most) || 1) / wanted);
  const first = Math.floor(least / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(most / step - 1e-9));
  return {
    at: (value) => from + ((value / step - first) / (last - first)) * (to - from),
    ticks: Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step),
    write: axis.kind === "share" ? shortShare : shortNumber,
  };
}

function theoryLine(places: readonly (readonly [number, number])[], x: Scale, y: Scale): Shape[] {
  if (places.length < 2) return [];
  const d = places.map(([atX, atY]) => `${px(x.at(atX))} ${px(y.at(atY))}`).join("L");
  return [path("theory", `M${d}`)];
}

const CAP = 4;

/**
 * The point over its interval. One value alone has no bounds, and so no bar; a
 * bound beyond the chart, such as a negative share, has no cap.
 */
function drawPoint({ x: atX, mean, low, high }: SweepPoint, xScale: Scale, yScale: Scale): Shape[] {
  const [x, y] = [xScale.at(atX), yScale.at(mean)];
  const dot = point(x, y);
  if (!(Number.isFinite(low) && Number.isFinite(high))) return [dot];
  const least = yScale.ticks[0] ?? low;
  const caps = [low, high]
    .filter((bound) => bound >= least)
    .map((bound) => `M${px(x - CAP)} ${px(yScale.at(bound))}H${px(x + CAP)}`);
  const stem = `M${px(x)} ${px(yScale.at(Math.max(low, least)))}V${px(yScale.at(high))}`;
  return [path("error", `${stem}${caps.join("")}`), dot];
}

function point(x: number, y: number): Shape {
  return { tag: "circle", attributes: { class: "point", cx: px(x), cy: px(y), r: 3.5 } };
}

function legendItems({ points, theory }: SweepPlot): Parameters<typeof legend>[0] {
  const sign = (x: number, y: number): Shape[] => [
    path("error", `M${px(x)} ${px(y - 7)}V${px(y + 7)}`),
    point(x, y),
  ];
  const stroke = (x: number, y: number): Shape[] => [
    path("theory", `M${px(x - 7)} ${px(y)}H${px(x + 7)}`),
  ];
  const simulated = { words: points, sign };
  return theory === undefined ? [simulated] : [simulated, { words: theory.name, sign: stroke }];
}

function describe(points: readonly SweepPoint[], { x, y, theory }: SweepPlot): string {
  const [writeX, writeY] = [x, y].map(({ kind }) => (kind === "share" ? shortShare : shortNumber));
  const list = points.map((point) => `${writeX?.(point.x)}: ${writeY?.(point.mean)}`);
  const beside = theory === undefined ? "" : `, beside ${theory.name}`;
  return `${y.label} by ${x.label}${beside}: ${list.join(", ")}.`;
}
