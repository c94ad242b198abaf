import type { CensusRow } from "@synfin/simulator/bulk";
import type { Band, Texture } from "@synfin/simulator/plot";
import {
  type Area,
  type ChartFrame,
  countTicks,
  stackedAreas,
  timeTicks,
  xOf,
} from "@synfin/simulator/plot";
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import type { Numbers } from "./numbers.ts";

/** What a chart shows. */
export interface Chart {
  readonly frame: ChartFrame;
  readonly census: readonly CensusRow[];
  readonly bands: readonly Band[];
  readonly host: number;
  /** Where to draw a line: the present of a run, or the time that a reader looks at. */
  readonly lineUs: number | undefined;
  /** The whole chart in a sentence, for those who cannot see it. */
  readonly summary: string;
  readonly numbers: Numbers;
}

/** A stacked area chart, drawn with presentation attributes and classes only. */
export function chartTemplate(chart: Chart): TemplateResult {
  const { frame } = chart;
  const areas = stackedAreas(frame, chart.census, chart.bands, chart.host);
  return html`<svg
    class="chart"
    part="chart"
    role="img"
    aria-label=${chart.summary}
    width=${frame.width}
    height=${frame.height}
    viewBox="0 0 ${frame.width} ${frame.height}"
  >
    ${textures()} ${axes(chart)} ${areas.map(area)} ${areas.map(areaLabel)} ${timeLine(chart)}
  </svg>`;
}

/** A little square of a band's colour and texture, for the legend. */
export function swatch(band: Band): TemplateResult {
  return html`<svg class="swatch" width="12" height="12" aria-hidden="true">
    ${svg`<rect class="band ${band.group}" width="12" height="12" rx="2"></rect>
    <rect class="texture" width="12" height="12" rx="2" fill=${textureOf(band)}></rect>`}
  </svg>`;
}

function area({ band, path, edge }: Area): SVGTemplateResult {
  return svg`<path class="band ${band.group}" d=${path}></path>
    <path class="texture" d=${path} fill=${textureOf(band)}></path>
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
  const shapes = TEXTURES.map(
    ([name, shape]) => svg`<pattern id="texture-${name}" width="6" height="6"
      patternUnits="userSpaceOnUse">${shape}</pattern>`,
  );
  return svg`<defs>${shapes}</defs>`;
}

const TEXTURES: readonly (readonly [Exclude<Texture, "plain">, SVGTemplateResult])[] = [
  ["rising", svg`<path d="M-1 7 7 -1M-1 1 1 -1M5 7 7 5" class="hatch"></path>`],
  ["falling", svg`<path d="M-1 -1 7 7M-1 5 1 7M5 -1 7 1" class="hatch"></path>`],
  ["upright", svg`<path d="M3 0V6" class="hatch"></path>`],
  ["level", svg`<path d="M0 3H6" class="hatch"></path>`],
  [
    "dotted",
    svg`<circle cx="1.5" cy="1.5" r="0.9" class="dot"></circle>
    <circle cx="4.5" cy="4.5" r="0.9" class="dot"></circle>`,
  ],
];

function textureOf({ texture }: Band): string {
  return texture === "plain" ? "none" : `url(#texture-${texture})`;
}
