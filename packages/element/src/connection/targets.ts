import { nothing, type SVGTemplateResult, svg } from "lit";
import { guard } from "lit/directives/guard.js";
import type { Arrow } from "../ladder/place-labels.ts";
import { px } from "../ladder/shapes.ts";
import { phaseOf } from "./frame.ts";
import { canLose, pressText, type Scene } from "./scene.ts";

/** Where segments can be pressed; only those of which something has changed are told again. */
export function targets(scene: Scene): unknown[] {
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
