import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { fieldNotes } from "../extras/load.ts";
import type { Language } from "../locale/language.ts";
import { controlBar, headerBar } from "./controls.ts";
import { ladderView } from "./ladder-view.ts";
import { hasSide, type Panel } from "./panel-names.ts";
import { endsView, narrationView, statusText, transcriptView } from "./panels.ts";
import type { Actions, Scene } from "./scene.ts";
import type { ConnectionWords } from "./words.ts";

/** All that an element is rendered from, also where there is no run to show. */
export interface Whole {
  readonly title: string;
  readonly chosen: string;
  /** Whether there is something of the page's own to play, and nothing to choose. */
  readonly isOwn: boolean;
  readonly seq: "relative" | "absolute";
  readonly language: Language;
  readonly words: ConnectionWords;
  readonly actions: Actions;
  readonly panels: ReadonlySet<Panel>;
  readonly compact: boolean;
  /** Whether the link has just been copied; undefined where there are no links. */
  readonly copied: boolean | undefined;
  /** What is wrong, or the run. */
  readonly shown: string | Scene;
  /** Set where something that is needed could not be loaded: loads it again. */
  readonly tryAgain: (() => void) | undefined;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onFocus: (event: FocusEvent) => void;
}

/** The whole element. */
export function wholeView(whole: Whole): TemplateResult {
  const { words, title, panels, shown, copied } = whole;
  const isWrong = typeof shown === "string";
  return html`<section class="frame" part="frame" aria-label=${words.region(title)} @keydown=${whole.onKey}>
    ${panels.has("picker") ? guard([title, whole.isOwn, whole.chosen, whole.seq, words, copied], () => headerBar(whole)) : nothing} ${missingView(whole)}
    ${isWrong ? html`${shown === "" ? nothing : html`<div class="error" role="alert">${shown}</div>`}<slot></slot>` : mainView(whole, shown)}
    ${shown === "" ? nothing : html`<p class="hidden" role="status">${copied ? words.copied : isWrong ? "" : guard([shown.ladder, shown.frame.step], () => statusText(shown))}</p>`}
  </section>`;
}

/** Told where a file that the element needs did not come; the rest goes on. */
function missingView({ words, tryAgain }: Whole): TemplateResult | typeof nothing {
  return tryAgain === undefined
    ? nothing
    : html`<p class="missing" role="alert">${words.missing} <button type="button" @click=${tryAgain}>${words.tryAgain}</button></p>`;
}

function mainView({ panels, compact, onFocus }: Whole, scene: Scene): TemplateResult {
  const isAlone = !panels.has("ladder");
  const ladder = (): TemplateResult => html`<div class="stage">
    ${endsView(scene)}
    <div class="pane ${compact ? "compact" : ""}" @focusin=${onFocus}>${ladderView(scene)}</div>
  </div>`;
  const transcript = (): TemplateResult => transcriptView(scene, isAlone);
  return html`<div class="main">
      ${isAlone ? nothing : ladder()} ${sideView(scene, panels)}
      ${panels.has("controls") ? controlBar(scene) : nothing}
    </div>
    ${panels.has("transcript") ? guard([scene.ladder, scene.frame.step, isAlone], transcript) : nothing}`;
}

/** Keeps the room of a card that is on its way. */
const COMING = html`<div class="card coming"></div>`;

/** What changes only from step to step is not looked at for every frame of a run that plays. */
function sideView(scene: Scene, panels: ReadonlySet<Panel>): TemplateResult | typeof nothing {
  const { trace, words, frame, selected, ladder, recorded } = scene;
  if (!hasSide(panels)) return nothing;
  const cards = (): TemplateResult => html`
    ${panels.has("narration") ? narrationView(scene) : nothing}
    ${panels.has("states") && recorded !== "capture" ? (scene.cards?.diagramView(scene) ?? COMING) : nothing}
    ${panels.has("header") ? (scene.cards?.inspectorView(scene) ?? COMING) : nothing}
    ${panels.has("picker") && recorded !== "capture" ? html`<p class="card run">${words.seed} ${trace.seed} · ${words.digest} ${trace.digest}</p>` : nothing}`;
  return html`<div class="side">${guard([ladder, frame.step, selected, panels, scene.tool, scene.field, fieldNotes.now, scene.narrate, scene.cards], cards)}</div>`;
}
