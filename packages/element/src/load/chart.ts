import type { CensusRow } from "@synfin/simulator/bulk";
import {
  type Area,
  type Band,
  type ChartFrame,
  countTicks,
  MARK_ROW,
  type PlacedMark,
  stackedAreas,
  TEXTURE_PATHS,
  TEXTURE_SIZE,
  textureClass,
  textureFill,
  timeTicks,
  xOf,
  yOf,
} from "@synfin/simulator/plot";
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import { lastOf } from "./last-of.ts";
import type { Numbers } from "./numbers.ts";

/** What a chart shows. */
export interface Chart {
  readonly frame: ChartFrame;
  readonly census: readonly CensusRow[];
  readonly bands: readonly Band[];
  readonly host: number;
  /** Where to draw a line: the present of a run, or the time that a reader looks at. */
  readonly lineUs: number | undefined;
  /** What is worth a line across the chart, and how many rows of words that takes. */
  readonly marks: readonly PlacedMark[];
  /** The most that the host held at once, in words; nothing before there is anyone. */
  readonly peak: { readonly count: number; readonly words: string } | undefined;
  /** The whole chart in a sentence, for those who cannot see it. */
  readonly summary: string;
  readonly numbers: Numbers;
}

/** Height for the words of the peak, which may be at the very top. */
const PEAK_ROW = 14;

/** The same frame with room above it for so many rows of marks, one at least. */
export function withHead(frame: ChartFrame, marks: readonly PlacedMark[]): ChartFrame {
  const rows = marks.reduce((most, { row }) => Math.max(most, row + 1), 1);
  const head = PEAK_ROW + rows * MARK_ROW;
  return { ...frame, top: frame.top + head, height: frame.height + head };
}

/** A stacked area chart, drawn with presentation attributes and classes only. */
export function chartTemplate(chart: Chart): TemplateResult {
  const { frame } = chart;
  const areas = areasOf(frame, chart.census, chart.bands, chart.host);
  return html`<svg
    class="chart"
    part="chart"
    role="img"
    aria-label=${chart.summary}
    width=${frame.width}
    height=${frame.height}
    viewBox="0 0 ${frame.width} ${frame.height}"
  >
    ${textures()} ${axes(chart)} ${areas.map(area)} ${areas.map(areaLabel)} ${peakLine(chart)}
    ${chart.marks.map((mark) => markLine(mark, chart.frame))} ${timeLine(chart)}
  </svg>`;
}

/** A move of the pointer draws the same layers again. */
const areasOf: typeof stackedAreas = lastOf(stackedAreas);

/** A little square of a band's colour and texture, for the legend. */
export function swatch(band: Band): TemplateResult {
  return html`<svg class="swatch" width="12" height="12" aria-hidden="true">
    ${svg`<rect class="band ${band.group}" width="12" height="12" rx="2"></rect>
    <rect class="texture" width="12" height="12" rx="2" fill=${textureFill(band) ?? "none"}></rect>`}
  </svg>`;
}

function area({ band, path, edge }: Area): SVGTemplateResult {
  return svg`<path class="band ${band.group}" d=${path}></path>
    <path class="texture" d=${path} fill=${textureFill(band) ?? "none"}></path>
    <path class="edge" d=${edge}></path>`;
}

function areaLabel({ band, label }: Area): SVGTemplateResult | typeof nothing {
  if (label === undefined) return nothing;
  return svg`<text class="name" x=${label.x} y=${label.y} text-anchor="middle">${band.name}</text>`;
}

function axes({ frame, numbers }: Chart): SVGTemplateResult {
  const right = frame.width - frame.right;
  const floor = frame.height - frame.bottom;
  const counts = countTicks(frame).map(
    ({ at, value }) => svg`<line class="grid" x1=${frame.left} x2=${right} y1=${at} y2=${at}></line>
      <text x=${frame.left - 6} y=${at + 4} text-anchor="end">${numbers.short(value)}</text>`,
  );
  const times = timeTicks(frame).map(
    ({ at, value }) =>
      svg`<text x=${at} y=${floor + 18} text-anchor=${anchorAt(at, frame)}
        >${numbers.seconds(value)}</text>`,
  );
  return svg`${counts}${times}`;
}

/** Half a label's width, so that none is cut off at an edge. */
const LABEL_HALF = 22;

function anchorAt(x: number, { left, width }: ChartFrame): "start" | "middle" | "end" {
  if (x < left + LABEL_HALF) return "start";
  return x > width - LABEL_HALF ? "end" : "middle";
}

function peakLine({ frame, peak }: Chart): SVGTemplateResult | typeof nothing {
  if (peak === undefined) return nothing;
  const right = frame.width - frame.right;
  const y = Math.round(yOf(frame, peak.count) * 10) / 10;
  return svg`<line class="peak" x1=${frame.left} x2=${right} y1=${y} y2=${y}></line>
    <text class="most" x=${right} y=${y - 5} text-anchor="end">${peak.words}</text>`;
}

/** A line from the words over the chart down to its floor. */
function markLine({ x, words, row, anchor }: PlacedMark, frame: ChartFrame): SVGTemplateResult {
  const y = frame.top - PEAK_ROW - 2 - row * MARK_ROW;
  const at = Math.round(x * 10) / 10;
  return svg`<line class="mark" x1=${at} x2=${at} y1=${y - 9} y2=${frame.height - frame.bottom}></line>
    <text class="event" x=${anchor === "start" ? at + 5 : at - 5} y=${y} text-anchor=${anchor}
      >${words}</text>`;
}

function timeLine({ frame, lineUs }: Chart): SVGTemplateResult | typeof nothing {
  if (lineUs === undefined) return nothing;
  const x = Math.round(xOf(frame, lineUs) * 10) / 10;
  return svg`<line class="now" x1=${x} x2=${x} y1=${frame.top}
    y2=${frame.height - frame.bottom}></line>`;
}

/**
 * Hatchings that tell the states apart without colour. Their ids are local to
 * the shadow root, so two elements on a page do not collide.
 */
function textures(): SVGTemplateResult {
  const shapes = Object.entries(TEXTURE_PATHS).map(
    ([name, d]) => svg`<pattern id="texture-${name}" width=${TEXTURE_SIZE} height=${TEXTURE_SIZE}
      patternUnits="userSpaceOnUse"><path d=${d} class=${textureClass(name)}></path></pattern>`,
  );
  return svg`<defs>${shapes}</defs>`;
}
