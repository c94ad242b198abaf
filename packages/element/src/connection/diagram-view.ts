import { STATE_NAMES, type StateName } from "@synfin/core/tcp";
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import type { Scene } from "./scene.ts";
import { DIAGRAM, edgePath, FIGURE_5, PLACES, travelled } from "./state-diagram.ts";
import { CARD_WORDS } from "./words/cards.ts";

/** RFC 9293 Figure 5 with the place of each end, and the way that it has come. */
export function diagramView(scene: Scene): TemplateResult {
  const { frame } = scene;
  const title = CARD_WORDS[scene.language].states;
  const ends = frame.ends.map(({ host, state }) => `${host}: ${state}`).join(", ");
  return html`<section class="card" part="diagram">
    <p class="heading">${title}</p>
    <svg
      class="diagram"
      role="img"
      aria-label="${title}: ${ends}"
      viewBox="0 0 ${DIAGRAM.width} ${DIAGRAM.height}"
    >
      ${FIGURE_5.map((edge) => svg`<path class="edge" d=${edgePath(edge)}></path>`)}
      ${frame.ends.map((end) => ways(scene, end))} ${STATE_NAMES.map((state) => place(scene, state))}
    </svg>
  </section>`;
}

function ways(
  { trace, frame }: Scene,
  { host, side }: Scene["frame"]["ends"][number],
): SVGTemplateResult[] {
  // Where both have gone the same way, their lines run side by side.
  const shift = side === "left" ? "translate(-1.5 -1)" : "translate(1.5 1)";
  return travelled(trace, host, frame.atUs).map((edge) => {
    const unusual = FIGURE_5.includes(edge) ? "" : "unusual";
    return svg`<path class="way ${side} ${unusual}" d=${edgePath(edge)} transform=${shift}></path>`;
  });
}

function place({ frame }: Scene, state: StateName): SVGTemplateResult {
  const { x, y } = PLACES[state];
  const { halfWidth, halfHeight } = DIAGRAM;
  const here = frame.ends.filter((end) => end.state === state);
  return svg`<rect class="place" x=${x - halfWidth} y=${y - halfHeight} width=${2 * halfWidth} height=${2 * halfHeight} rx=${halfHeight}></rect>
    ${here.length === 0 ? nothing : here.map(({ side }) => svg`<path class="here ${side}" d=${pill(x, y, here.length === 1 ? "whole" : side)}></path>`)}
    <text class=${here.length === 0 ? "" : "taken"} x=${x} y=${y + 3.5} text-anchor="middle">${state}</text>`;
}

/** A pill, or its left or right half. */
function pill(x: number, y: number, part: "whole" | "left" | "right"): string {
  const { halfWidth: w, halfHeight: h } = DIAGRAM;
  const left = `M${x} ${y - h}H${x - w + h}a${h} ${h} 0 0 0 0 ${2 * h}H${x}z`;
  const right = `M${x} ${y - h}H${x + w - h}a${h} ${h} 0 0 1 0 ${2 * h}H${x}z`;
  return part === "whole" ? left + right : part === "left" ? left : right;
}
