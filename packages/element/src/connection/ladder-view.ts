import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import type { Arrow } from "../ladder/place-labels.ts";
import { px } from "../ladder/shapes.ts";
import { type Dot, phaseOf } from "./frame.ts";
import { canLose, pressText, type Scene } from "./scene.ts";
import { shapeTemplates } from "./shape-templates.ts";

/**
 * The ladder at one time, in four sheets: lines; a veil over what is to come and the line
 * of the present; texts; the segments on their way. While a run plays, only the second
 * and the last are set and painted anew: of one sheet the browser would paint all.
 */
export function ladderView(scene: Scene): TemplateResult {
  const { drawing, frame, words, trace } = scene;
  const { width, height } = drawing;
  const box = `0 0 ${width} ${height}`;
  const y = px(frame.y);
  const { recorded = "", title, language } = scene;
  return html`<div
    class="ladder ${recorded}"
    part="ladder"
    role="group"
    aria-label=${words.ladder(title[language], trace.segments.length)}
  >
    <svg width=${width} height=${height} viewBox=${box} aria-hidden="true">
      ${guard([drawing], () => shapeTemplates(drawing.lines, Number.POSITIVE_INFINITY))}
    </svg>
    <svg width=${width} height=${height} viewBox=${box} aria-hidden="true">
      <rect class="veil" y=${y} width=${width} height=${px(height - frame.y)}></rect>
      <line class="now" x2=${width} y1=${y} y2=${y}></line>
    </svg>
    <svg width=${width} height=${height} viewBox=${box}>
      ${guard([drawing, frame.step], () => shapeTemplates(drawing.texts, frame.atUs))}
      ${guard([drawing, frame.step, scene.selected, scene.tabStop, scene.tool, words], () => targets(scene))}
    </svg>
    <svg width=${width} height=${height} viewBox=${box} aria-hidden="true">${frame.dots.map(dot)}</svg>
  </div>`;
}

/** Of all segments, only those of which something has changed are told again. */
function targets(scene: Scene): unknown[] {
  const { ladder, frame, selected, tabStop, tool, words } = scene;
  return ladder.arrows.map((arrow) => {
    const { segment } = arrow.flight;
    const phase = phaseOf(segment, frame.atUs);
    const parts = [arrow, phase, selected === segment, tabStop === segment.id, tool, words];
    return guard(parts, () => target(scene, arrow));
  });
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
