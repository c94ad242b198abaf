import { nothing, type SVGTemplateResult, svg } from "lit";
import { guard } from "lit/directives/guard.js";
import { px, type Shape, type Span } from "../ladder/shapes.ts";

/**
 * Shapes as templates; what is later than `nowUs` is marked as the future. Only what has
 * become the past, or the future again, is looked at again.
 */
export function shapeTemplates(shapes: readonly Shape[], nowUs: number): unknown[] {
  return shapes.map((shape) => {
    const isFuture = (shape.atUs ?? nowUs) > nowUs;
    return guard([shape, isFuture], () => template(shape, isFuture));
  });
}

function template(shape: Shape, isFuture: boolean): SVGTemplateResult {
  const cls = isFuture ? `${shape.cls} future` : shape.cls;
  if (shape.tag === "line") {
    const { x1, y1, x2, y2 } = shape;
    return svg`<line class=${cls} x1=${px(x1)} y1=${px(y1)} x2=${px(x2)} y2=${px(y2)}></line>`;
  }
  if (shape.tag === "path") return svg`<path class=${cls} d=${shape.d}></path>`;
  if (shape.tag === "circle") {
    return svg`<circle class=${cls} cx=${px(shape.cx)} cy=${px(shape.cy)} r=${px(shape.r)}></circle>`;
  }
  if (shape.tag === "rect") {
    const { x, y, width, height, rx } = shape;
    return svg`<rect class=${cls} x=${px(x)} y=${px(y)} width=${px(width)} height=${px(height)} rx=${rx}></rect>`;
  }
  const { x, y, anchor, rotate, spans } = shape;
  const turn = rotate === undefined ? nothing : `rotate(${px(rotate)} ${px(x)} ${px(y)})`;
  return svg`<text class=${cls} x=${px(x)} y=${px(y)} text-anchor=${anchor} transform=${turn}>${spans.map(span)}</text>`;
}

function span({ text, cls }: Span): SVGTemplateResult {
  return svg`<tspan class=${cls ?? nothing}>${text}</tspan>`;
}
