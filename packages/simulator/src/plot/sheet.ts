import { monospaceWidth } from "../view/measure.ts";
import { THEME, type ToneName } from "../view/theme.ts";
import { escapeXml } from "../view/xml.ts";
import { textureDefs } from "./textures.ts";

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
  readonly body: readonly Shape[];
  /** Whether bands are hatched. */
  readonly textured?: boolean;
}

/** Something drawn: an SVG element as data, so that a canvas can draw it, too. */
export interface Shape {
  readonly tag: "text" | "line" | "path" | "rect" | "circle";
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Of a text. */
  readonly content?: string;
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
export function svgFile(sheet: Sheet): string {
  const { width, height, title, description, theme, textured = false } = sheet;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="desc">${escapeXml(description)}</desc>`,
    `<style>${style(theme)}</style>`,
    ...(textured ? [textureDefs()] : []),
    ...shapesOf(sheet).map(markup),
    "</svg>",
  ].join("\n")}\n`;
}

type Anchor = "start" | "middle" | "end";

export function text(cls: string, x: number, y: number, anchor: Anchor, content: string): Shape {
  return {
    tag: "text",
    attributes: { class: cls, x: px(x), y: px(y), "text-anchor": anchor },
    content,
  };
}

export function line(cls: string, x1: number, y1: number, x2: number, y2: number): Shape {
  return {
    tag: "line",
    attributes: { class: cls, x1: px(x1), y1: px(y1), x2: px(x2), y2: px(y2) },
  };
}

export function path(cls: string, d: string): Shape {
  return { tag: "path", attributes: { class: cls, d } };
}

/** Everything to draw, from the ground up. */
export function shapesOf({ width, height, title, body }: Sheet): Shape[] {
  return [
    { tag: "rect", attributes: { class: "sheet", width, height } },
    text("title", 16, 26, "start", fitted(title, 16, width - 32)),
    ...body,
  ];
}

function markup({ tag, attributes, content }: Shape): string {
  const all = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  const open = `<${tag}${all.join("")}`;
  return content === undefined ? `${open}/>` : `${open}>${escapeXml(content)}</${tag}>`;
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
  [".dot", "stroke:$ink;stroke-opacity:0.36;stroke-width:1.8;stroke-linecap:round"],
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
  return RULES.map(([selector, body]) => `svg ${selector}{${coloured(body, dark)}}`).join("\n");
}

/** What a shape looks like, by the names of CSS: what its rules say, the later ones first. */
export function lookOf({ tag, attributes }: Shape, dark: boolean): Record<string, string> {
  const classes = String(attributes["class"] ?? "").split(" ");
  const look: Record<string, string> = {};
  for (const [selector, body] of RULES) {
    const [element, ...wanted] = selector.split(".");
    if (element !== "" && element !== tag) continue;
    if (!wanted.every((one) => classes.includes(one))) continue;
    for (const declaration of coloured(body, dark ? 1 : 0).split(";")) {
      const at = declaration.indexOf(":");
      look[declaration.slice(0, at)] = declaration.slice(at + 1);
    }
  }
  return look;
}

function coloured(body: string, dark: 0 | 1): string {
  return body.replace(/\$([a-z]+)/g, (whole, name: string) =>
    isTone(name) ? THEME[name][dark] : whole,
  );
}

function isTone(name: string): name is ToneName {
  return Object.hasOwn(THEME, name);
}
