import { escapeXml } from "@synfin/simulator/view";
import { px, type Shape, type Span } from "./shapes.ts";

/** What a shape has beside its class, by the names of SVG. */
export function attributesOf(shape: Shape): Readonly<Record<string, string>> {
  switch (shape.tag) {
    case "line":
      return { x1: px(shape.x1), y1: px(shape.y1), x2: px(shape.x2), y2: px(shape.y2) };
    case "path":
      return { d: shape.d };
    case "circle":
      return { cx: px(shape.cx), cy: px(shape.cy), r: px(shape.r) };
    case "rect": {
      const { x, y, width, height, rx } = shape;
      return { x: px(x), y: px(y), width: px(width), height: px(height), rx: String(rx) };
    }
    case "text": {
      const { anchor, rotate } = shape;
      const place = { x: px(shape.x), y: px(shape.y), "text-anchor": anchor };
      if (rotate === undefined) return place;
      return { ...place, transform: `rotate(${px(rotate)} ${place.x} ${place.y})` };
    }
  }
}

/** A shape as markup; `state` is one more class. */
export function writeShape(shape: Shape, state = ""): string {
  const { tag, cls } = shape;
  const rest = Object.entries(attributesOf(shape)).map(([name, value]) => ` ${name}="${value}"`);
  const start = `<${tag} class="${cls}${state}"${rest.join("")}`;
  return tag === "text" ? `${start}>${shape.spans.map(writeSpan).join("")}</text>` : `${start}/>`;
}

function writeSpan({ text, cls }: Span): string {
  return cls === undefined ? escapeXml(text) : `<tspan class="${cls}">${escapeXml(text)}</tspan>`;
}
