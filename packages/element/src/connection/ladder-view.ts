import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { px } from "../ladder/shapes.ts";
import type { Controls } from "../pieces/kinds.ts";
import type { Dot } from "./frame.ts";
import type { Scene } from "./scene.ts";
import { shapeSheet } from "./shape-sheet.ts";

/**
 * The ladder at one time, in four sheets: lines; a veil over what is to come and the line
 * of the present; texts, and where segments can be pressed; the segments on their way. While
 * a run plays, only the second and the last are set and painted anew: of one sheet the browser
 * would paint all.
 */
export function ladderView(scene: Scene, targets: Controls["targets"] | undefined): TemplateResult {
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
      ${guard([drawing], () => shapeSheet(drawing.lines, Number.POSITIVE_INFINITY, scene.isServers))}
    </svg>
    <svg width=${width} height=${height} viewBox=${box} aria-hidden="true">
      <rect class="veil" y=${y} width=${width} height=${px(height - frame.y)}></rect>
      <line class="now" x2=${width} y1=${y} y2=${y}></line>
    </svg>
    <svg width=${width} height=${height} viewBox=${box}>
      ${guard([drawing, frame.step], () => shapeSheet(drawing.texts, frame.atUs, scene.isServers))}
      ${targets === undefined ? nothing : guard([drawing, frame.step, scene.selected, scene.tabStop, scene.tool, words, targets], () => targets(scene))}
    </svg>
    <svg width=${width} height=${height} viewBox=${box} aria-hidden="true">${frame.dots.map(dot)}</svg>
  </div>`;
}

function dot({ side, x, y }: Dot): SVGTemplateResult {
  return svg`<circle class="dot ${side}" cx=${px(x)} cy=${px(y)} r="6"></circle>`;
}
