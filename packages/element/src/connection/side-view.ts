import { html, nothing, type TemplateResult } from "lit";
import { diagramView } from "./diagram-view.ts";
import { inspectorView } from "./inspector.ts";
import { narrationView } from "./narration-view.ts";
import type { Panel } from "./panel-names.ts";
import type { Scene } from "./scene.ts";
import { CARD_WORDS } from "./words/cards.ts";

/** What stands beside the ladder, or below it. */
export function sideView(scene: Scene, panels: ReadonlySet<Panel>): TemplateResult {
  const { trace, recorded, language } = scene;
  const { seed, digest } = CARD_WORDS[language];
  return html`
    ${panels.has("narration") ? narrationView(scene) : nothing}
    ${panels.has("states") && recorded !== "capture" ? diagramView(scene) : nothing}
    ${panels.has("header") ? inspectorView(scene) : nothing}
    ${panels.has("picker") && recorded !== "capture" ? html`<p class="card run">${seed} ${trace.seed} · ${digest} ${trace.digest}</p>` : nothing}`;
}
