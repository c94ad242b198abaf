import {
  lookOf,
  type Shape,
  type Sheet,
  shapesOf,
  TEXTURE_PATHS,
  TEXTURE_SIZE,
  textureClass,
} from "@synfin/simulator/plot";

/** Pixels of the picture for one of the page: sharp on a dense screen and on paper. */
const SCALE = 2;

/**
 * A picture as a PNG. It is painted shape by shape: an image of the SVG would have to be
 * loaded from a `blob:` address, which a strict policy forbids.
 */
export function sheetPng(sheet: Sheet, dark: boolean): Promise<Blob> {
  const [canvas, context] = canvasOf(sheet.width * SCALE, sheet.height * SCALE);
  context.scale(SCALE, SCALE);
  for (const shape of shapesOf(sheet)) paint(context, shape, dark);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error(`a picture of ${canvas.height} pixels is too high`));
      else resolve(blob);
    });
  });
}

function canvasOf(
  width: number,
  height: number,
): readonly [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser paints no pictures: it gave no 2d context");
  return [canvas, context];
}

function paint(context: CanvasRenderingContext2D, shape: Shape, dark: boolean): void {
  const look = lookOf(shape, dark);
  context.save();
  stroked(context, look);
  if (shape.tag === "text") paintText(context, shape, look);
  else {
    const outline = outlineOf(shape);
    const { fill } = { ...look, ...shape.attributes } as { fill?: string };
    if (fill !== undefined && fill !== "none") {
      context.fillStyle = fill.startsWith("url(") ? tileOf(context, fill, dark) : fill;
      context.fill(outline);
    }
    context.globalAlpha = Number(look["stroke-opacity"] ?? 1);
    if (look["stroke"] !== undefined) context.stroke(outline);
  }
  context.restore();
}

function stroked(context: CanvasRenderingContext2D, look: Readonly<Record<string, string>>): void {
  context.strokeStyle = look["stroke"] ?? "transparent";
  context.lineWidth = Number(look["stroke-width"] ?? 1);
  context.lineJoin = look["stroke-linejoin"] === "round" ? "round" : "miter";
  context.lineCap = look["stroke-linecap"] === "round" ? "round" : "butt";
  context.setLineDash((look["stroke-dasharray"] ?? "").split(" ").filter(Boolean).map(Number));
}

function paintText(
  context: CanvasRenderingContext2D,
  { attributes, content = "" }: Shape,
  look: Readonly<Record<string, string>>,
): void {
  const [usual = "", family = ""] = (look["font"] ?? "").split(/ (.*)/);
  context.font = `${look["font-weight"] ?? "400"} ${look["font-size"] ?? usual} ${family}`;
  const anchor = attributes["text-anchor"];
  context.textAlign = anchor === "middle" ? "center" : anchor === "end" ? "end" : "start";
  const [x, y] = [Number(attributes["x"]), Number(attributes["y"])];
  if (look["paint-order"] === "stroke") context.strokeText(content, x, y);
  context.fillStyle = look["fill"] ?? "";
  context.fillText(content, x, y);
}

function outlineOf({ tag, attributes }: Shape): Path2D {
  const number = (name: string): number => Number(attributes[name] ?? 0);
  const outline = new Path2D(tag === "path" ? String(attributes["d"]) : undefined);
  if (tag === "line") {
    outline.moveTo(number("x1"), number("y1"));
    outline.lineTo(number("x2"), number("y2"));
  }
  if (tag === "rect") {
    const [x, y, width, height] = ["x", "y", "width", "height"].map(number) as [
      number,
      number,
      number,
      number,
    ];
    outline.roundRect(x, y, width, height, number("rx"));
  }
  return outline;
}

/** A texture by its address in an SVG: `url(#texture-rising)`. */
function tileOf(context: CanvasRenderingContext2D, url: string, dark: boolean): CanvasPattern {
  const name = url.slice("url(#texture-".length, -1) as keyof typeof TEXTURE_PATHS;
  const [tile, ink] = canvasOf(TEXTURE_SIZE * SCALE, TEXTURE_SIZE * SCALE);
  const look = lookOf({ tag: "path", attributes: { class: textureClass(name) } }, dark);
  ink.scale(SCALE, SCALE);
  stroked(ink, look);
  ink.globalAlpha = Number(look["stroke-opacity"] ?? 1);
  ink.stroke(new Path2D(TEXTURE_PATHS[name]));
  const pattern = context.createPattern(tile, "repeat");
  if (pattern === null) throw new Error("synfin: a texture has no tile");
  pattern.setTransform(new DOMMatrix().scale(1 / SCALE));
  return pattern;
}
