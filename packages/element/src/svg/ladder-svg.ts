import type { Trace } from "@synfin/simulator";
import { escapeXml, formatEndpoint, THEME, type ToneName } from "@synfin/simulator/view";
import { drawLadder } from "../ladder/draw.ts";
import { type Ladder, layoutLadder } from "../ladder/ladder.ts";
import type { LadderOptions } from "../ladder/options.ts";
import { px, type Shape, type Span } from "../ladder/shapes.ts";
import { describeLadder } from "./describe.ts";
import { drawingStyle } from "./style.ts";

/** How an SVG file is written. */
export interface SvgOptions extends LadderOptions {
  /** The title; the scenario's name if left out. */
  readonly title?: string;
}

/** Height of the line with the hosts' names. */
const NAMES = 52;

/**
 * A trace as a standalone SVG: no script, no reference to anything outside, no
 * `foreignObject`; light, and dark where the reader prefers that.
 */
export function ladderSvg(trace: Trace, options: SvgOptions = {}): string {
  const ladder = layoutLadder(trace, options);
  const { lines, texts, width, height } = drawLadder(ladder);
  const total = height + NAMES;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" role="img" aria-labelledby="title desc" lang="${ladder.metrics.lang}">`,
    `<title id="title">${escapeXml(options.title ?? trace.scenario)}</title>`,
    `<desc id="desc">${escapeXml(describeLadder(ladder))}</desc>`,
    `<style>${fileStyle(ladder)}</style>`,
    `<rect class="sheet" width="${width}" height="${total}"/>`,
    ...hostNames(ladder).map(write),
    `<g transform="translate(0 ${NAMES})">`,
    ...lines.map(write),
    ...texts.map(write),
    "</g>",
    "</svg>",
  ].join("\n")}\n`;
}

/** Each host's name and address over its lifeline, kept inside of the picture. */
function hostNames({ hosts, columns, metrics, width }: Ladder): Shape[] {
  return hosts.flatMap(({ side, host }) => {
    const lines = [host.name, formatEndpoint(host.address, host.port)];
    const half = Math.max(...lines.map((text) => metrics.measure(text, metrics.fontSize))) / 2 + 4;
    const x = Math.min(Math.max(columns.x[side], half), width - half);
    return lines.map(
      (text, index): Shape => ({
        tag: "text",
        cls: index === 0 ? `name ${side}` : "soft",
        x,
        y: 22 + index * 17,
        anchor: "middle",
        spans: [{ text }],
      }),
    );
  });
}

function fileStyle({ metrics }: Ladder): string {
  const sheet = (dark: 0 | 1): string => {
    const tone = (name: ToneName): string => THEME[name][dark];
    return `.sheet{fill:${tone("background")}}\n${drawingStyle("svg", metrics.fontSize, tone)}`;
  };
  return `:root{color-scheme:light dark}\n${sheet(0)}\n@media (prefers-color-scheme:dark){\n${sheet(1)}\n}`;
}

function write(shape: Shape): string {
  const cls = `class="${shape.cls}"`;
  if (shape.tag === "line") {
    const { x1, y1, x2, y2 } = shape;
    return `<line ${cls} x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}"/>`;
  }
  if (shape.tag === "path") return `<path ${cls} d="${shape.d}"/>`;
  if (shape.tag === "circle") {
    return `<circle ${cls} cx="${px(shape.cx)}" cy="${px(shape.cy)}" r="${px(shape.r)}"/>`;
  }
  if (shape.tag === "rect") {
    const { x, y, width, height, rx } = shape;
    return `<rect ${cls} x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" rx="${rx}"/>`;
  }
  const { x, y, anchor, rotate, spans } = shape;
  const turn = rotate === undefined ? "" : ` transform="rotate(${px(rotate)} ${px(x)} ${px(y)})"`;
  const content = spans.map(writeSpan).join("");
  return `<text ${cls} x="${px(x)}" y="${px(y)}" text-anchor="${anchor}"${turn}>${content}</text>`;
}

function writeSpan({ text, cls }: Span): string {
  return cls === undefined ? escapeXml(text) : `<tspan class="${cls}">${escapeXml(text)}</tspan>`;
}
