import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import type { Arrow } from "../ladder/place-labels.ts";
import { px } from "../ladder/shapes.ts";
import type { Dot } from "./frame.ts";
import { canLose, pressText, type Scene } from "./scene.ts";
import { shapeTemplates } from "./shape-templates.ts";

/**
 * The ladder at one time: lines below, a veil over what is to come and
 * the line of the present, texts above them, then the segments on their way. While
 * a run plays, only the veil, the line and the dots are set anew.
 */
export function ladderView(scene: Scene): TemplateResult {
  const { ladder, drawing, frame, words, trace } = scene;
  const { width, height } = drawing;
  const y = px(frame.y);
  return html`<svg
    class="ladder ${scene.recorded ?? ""}"
    part="ladder"
    role="group"
    aria-label=${words.ladder(scene.title[scene.language], trace.segments.length)}
    width=${width}
    height=${height}
    viewBox="0 0 ${width} ${height}"
  >
    ${guard([drawing], () => shapeTemplates(drawing.lines, Number.POSITIVE_INFINITY))}
    ${svg`<rect class="veil" x="0" y=${y} width=${width} height=${px(height - frame.y)}></rect>`}
    ${svg`<line class="now" x1="0" x2=${width} y1=${y} y2=${y}></line>`}
    ${guard([drawing, frame.step], () => shapeTemplates(drawing.texts, frame.atUs))}
    ${guard([drawing, frame.step, scene.selected, scene.tabStop, scene.tool, words], () => ladder.arrows.map((arrow) => target(scene, arrow)))}
    ${frame.dots.map(dot)}
  </svg>`;
}

/** Where a segment can be pressed: a broad, invisible line along its arrow. */
function target(scene: Scene, { flight, start, end }: Arrow): SVGTemplateResult | typeof nothing {
  if (flight.copy > 0) return nothing;
  const { segment } = flight;
  const d = `M${px(start.x)} ${px(start.y)}L${px(end.x)} ${px(end.y)}`;
  const droppable = canLose(scene, segment) && scene.tool !== "inspect" ? "droppable" : "";
  const selected = scene.selected?.id === segment.id ? "selected" : "";
  return svg`<g
    class="segment ${droppable} ${selected}"
    role="button"
    data-segment=${segment.id}
    tabindex=${scene.tabStop === segment.id ? 0 : -1}
    aria-label=${pressText(scene, segment)}
    @click=${() => scene.actions.press(segment.id)}
  ><path class="halo" d=${d}></path><path class="hit" d=${d}></path></g>`;
}

function dot({ side, x, y }: Dot): SVGTemplateResult {
  return svg`<circle class="dot ${side}" cx=${px(x)} cy=${px(y)} r="6"></circle>`;
}
