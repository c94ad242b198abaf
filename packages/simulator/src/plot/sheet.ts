import { monospaceWidth } from "../view/measure.ts";
import { THEME, type ToneName } from "../view/theme.ts";
import { escapeXml } from "../view/xml.ts";

/** How a picture is coloured; `auto` follows what the reader's system prefers. */
export type PlotTheme = "auto" | "light" | "dark";

/** A picture as a file of its own. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** The whole picture in words, for those who cannot see it. */
  readonly description: string;
  readonly theme: PlotTheme;
  readonly body: readonly string[];
}

/** A text that is no wider than this, with an ellipsis where some of it had to go. */
function fitted(content: string, size: number, width: number): string {
  if (monospaceWidth(content, size) <= width) return content;
  const characters = [...content];
  while (characters.length > 0 && monospaceWidth(`${characters.join("")}…`, size) > width) {
    characters.pop();
  }
  return `${characters.join("")}…`;
}

/** A standalone SVG: no script, and no reference to anything outside. */
export function svgFile({ width, height, title, description, theme, body }: Sheet): string {
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="desc">${escapeXml(description)}</desc>`,
    `<style>${style(theme)}</style>`,
    `<rect class="sheet" width="${width}" height="${height}"/>`,
    text("title", 16, 26, "start", fitted(title, 16, width - 32)),
    ...body,
    "</svg>",
  ].join("\n")}\n`;
}

type Anchor = "start" | "middle" | "end";

export function text(cls: string, x: number, y: number, anchor: Anchor, content: string): string {
  return `<text class="${cls}" x="${px(x)}" y="${px(y)}" text-anchor="${anchor}">${escapeXml(content)}</text>`;
}

export function line(cls: string, x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="${cls}" x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}"/>`;
}

/** A coordinate to a tenth of a pixel. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

const MONO =
  'ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace';

const HALO = "paint-order:stroke;stroke:$background;stroke-width:3;stroke-linejoin:round";

const GROUPS: readonly ToneName[] = ["opening", "open", "closing", "waiting"];

/** A class and what it looks like; `$ink` names a colour of the theme. */
type Rule = readonly [selector: string, declarations: string];

const RULES: readonly Rule[] = [
  [".sheet", "fill:$background"],
  ["text", `font:11px ${MONO};fill:$soft;white-space:pre`],
  [".title", "font-size:16px;font-weight:600;fill:$ink"],
  [".name", "font-size:12px;font-weight:600;fill:$ink"],
  [".grid", "stroke:$line"],
  [".axis", "stroke:$soft"],
  ...GROUPS.map((name): Rule => [`.${name}`, `fill:$${name}`]),
  [".band", "stroke:$soft;stroke-opacity:0.35;stroke-width:0.7"],
  [".hatch", "fill:none;stroke:$ink;stroke-opacity:0.3"],
  [".dot", "fill:$ink;fill-opacity:0.34"],
  [".mark", "stroke:$fail;stroke-width:1.3;stroke-dasharray:4 3"],
  [".event", `fill:$fail;font-weight:600;${HALO}`],
  ...GROUPS.map(
    (name): Rule => [
      `.inside.${name}`,
      `fill:$ink;font-weight:600;${HALO.replace("$background", `$${name}`)}`,
    ],
  ),
  [".theory", "fill:none;stroke:$accent;stroke-width:2"],
  [".error", "fill:none;stroke:$client;stroke-width:1.5"],
  [".point", "fill:$client;stroke:$background"],
];

function style(theme: PlotTheme): string {
  if (theme !== "auto") return `:root{color-scheme:${theme}}\n${rules(theme === "dark" ? 1 : 0)}`;
  return `:root{color-scheme:light dark}\n${rules(0)}\n@media (prefers-color-scheme:dark){\n${rules(1)}\n}`;
}

function rules(dark: 0 | 1): string {
  const colour = (body: string): string =>
    body.replace(/\$([a-z]+)/g, (whole, name: string) =>
      isTone(name) ? THEME[name][dark] : whole,
    );
  return RULES.map(([selector, body]) => `svg ${selector}{${colour(body)}}`).join("\n");
}

function isTone(name: string): name is ToneName {
  return Object.hasOwn(THEME, name);
}
