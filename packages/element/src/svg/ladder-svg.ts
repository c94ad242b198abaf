import type { Trace } from "@synfin/simulator";
import { escapeXml, THEME, type ToneName } from "@synfin/simulator/view";
import { type Ladder, layoutLadder } from "../ladder/ladder.ts";
import type { LadderOptions } from "../ladder/options.ts";
import { writeShape } from "../ladder/write-shape.ts";
import { describeLadder } from "./describe.ts";
import { sheetOf } from "./sheet.ts";
import { drawingStyle } from "./style.ts";

/** How an SVG file is written. */
export interface SvgOptions extends LadderOptions {
  /** The title; the scenario's name if left out. */
  readonly title?: string;
}

/**
 * A trace as a standalone SVG: no script, no reference to anything outside, no
 * `foreignObject`; light, and dark where the reader prefers that.
 */
export function ladderSvg(trace: Trace, options: SvgOptions = {}): string {
  const ladder = layoutLadder(trace, options);
  const { width, height, top, names, drawing } = sheetOf(ladder);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc" lang="${ladder.metrics.lang}">`,
    `<title id="title">${escapeXml(options.title ?? trace.scenario)}</title>`,
    `<desc id="desc">${escapeXml(describeLadder(ladder))}</desc>`,
    `<style>${fileStyle(ladder)}</style>`,
    `<rect class="sheet" width="${width}" height="${height}"/>`,
    ...names.map((shape) => writeShape(shape)),
    `<g transform="translate(0 ${top})">`,
    ...drawing.map((shape) => writeShape(shape)),
    "</g>",
    "</svg>",
  ].join("\n")}\n`;
}

function fileStyle({ metrics }: Ladder): string {
  const sheet = (dark: 0 | 1): string => {
    const tone = (name: ToneName): string => THEME[name][dark];
    return `.sheet{fill:${tone("background")}}\n${drawingStyle("svg", metrics.fontSize, tone)}`;
  };
  return `:root{color-scheme:light dark}\n${sheet(0)}\n@media (prefers-color-scheme:dark){\n${sheet(1)}\n}`;
}
