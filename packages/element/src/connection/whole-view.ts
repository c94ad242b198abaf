import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { fieldNotes } from "../extras/load.ts";
import type { Language } from "../locale/language.ts";
import type { Controls } from "../pieces/kinds.ts";
import { endsView } from "./ends-view.ts";
import { ladderView } from "./ladder-view.ts";
import { hasSide, type Panel } from "./panel-names.ts";
import type { Actions, Scene } from "./scene.ts";
import type { ConnectionWords } from "./words/first.ts";

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
  /** What a reader presses and hears, once it is here. */
  readonly controls: Controls | undefined;
  /** Whether they did not come: no room is kept for them. */
  readonly isWithoutControls: boolean;
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
  const { words, title, panels, shown } = whole;
  const isWrong = typeof shown === "string";
  return html`<section class="frame" part="frame" aria-label=${words.region(title)} @keydown=${whole.onKey}>
    ${panels.has("picker") ? headerView(whole) : nothing} ${missingView(whole)}
    ${isWrong ? html`${shown === "" ? nothing : html`<div class="error" role="alert">${shown}</div>`}<slot></slot>` : mainView(whole, shown)}
    ${shown === "" ? nothing : statusView(whole)}
  </section>`;
}

/** What a screen reader says. */
function statusView({ words, shown, copied, controls }: Whole): TemplateResult | typeof nothing {
  if (controls === undefined) return nothing;
  const text = (): unknown =>
    typeof shown === "string"
      ? ""
      : guard([shown.ladder, shown.frame.step], () => controls.statusText(shown));
  return html`<p class="hidden" role="status">${copied ? words.copied : text()}</p>`;
}

function headerView(whole: Whole): unknown {
  const { controls, isWithoutControls, title, isOwn, chosen, seq, words, copied } = whole;
  if (isWithoutControls) return nothing;
  const bar = (): TemplateResult => controls?.headerBar(whole) ?? HEADER_ROOM;
  return guard([title, isOwn, chosen, seq, words, copied, controls], bar);
}

/** Told where a file that the element needs did not come; the rest goes on. */
function missingView({ words, tryAgain }: Whole): TemplateResult | typeof nothing {
  return tryAgain === undefined
    ? nothing
    : html`<p class="missing" role="alert">${words.missing} <button type="button" @click=${tryAgain}>${words.tryAgain}</button></p>`;
}

/** The room of what comes after the first frame. */
const HEADER_ROOM = html`<header class="bar"></header>`;
const CONTROLS_ROOM = html`<footer class="bar"></footer>`;
const CARD_ROOM = html`<section class="card"></section>`;
const TRANSCRIPT_ROOM = html`<div class="transcript"></div>`;

function mainView(whole: Whole, scene: Scene): TemplateResult {
  const { panels, compact, controls, isWithoutControls, onFocus } = whole;
  const isAlone = !panels.has("ladder");
  const ladder = (): TemplateResult => html`<div class="stage">
    ${endsView(scene)}
    <div class="pane ${compact ? "compact" : ""}" @focusin=${onFocus}>${ladderView(scene, controls?.targets)}</div>
  </div>`;
  const transcript = (): TemplateResult =>
    scene.transcript?.transcriptView(scene, isAlone) ?? TRANSCRIPT_ROOM;
  return html`<div class="main">
      ${isAlone ? nothing : ladder()} ${sideView(scene, panels)}
      ${panels.has("controls") && !isWithoutControls ? (controls?.controlBar(scene) ?? CONTROLS_ROOM) : nothing}
    </div>
    ${panels.has("transcript") ? guard([scene.ladder, scene.frame.step, isAlone, scene.transcript], transcript) : nothing}`;
}

/** What changes only from step to step is not looked at for every frame of a run that plays. */
function sideView(scene: Scene, panels: ReadonlySet<Panel>): TemplateResult | typeof nothing {
  const { frame, selected, ladder, cards, tool, field, narrate } = scene;
  if (!hasSide(panels)) return nothing;
  const side = (): unknown => cards?.sideView(scene, panels) ?? sideRoom(panels);
  return html`<div class="side">${guard([ladder, frame.step, selected, panels, tool, field, fieldNotes.now, narrate, cards], side)}</div>`;
}

function sideRoom(panels: ReadonlySet<Panel>): TemplateResult[] {
  return ["narration", "states", "header"]
    .filter((panel) => panels.has(panel as Panel))
    .map(() => CARD_ROOM);
}
