import { html, nothing, type TemplateResult } from "lit";
import type { Actions } from "./form.ts";
import { progressOf, type Scene } from "./panels.ts";

/** Pause, cancel and how far the run has come; and why it failed, if it did. */
export function runBar(scene: Scene, active: boolean, actions: Actions): TemplateResult {
  const { view, words } = scene;
  const paused = view.phase === "paused";
  return html`<footer class="bar" part="footer">
    <button
      type="button"
      part="pause"
      ?disabled=${!active}
      @click=${paused ? actions.resume : actions.pause}
    >
      ${paused ? words.resume : words.pause}
    </button>
    <button type="button" part="cancel" ?disabled=${!active} @click=${actions.cancel}>
      ${words.cancel}
    </button>
    <progress
      part="progress"
      max="1"
      .value=${progressOf(view)}
      aria-label=${words.progress}
    ></progress>
    <span class="mono">${Math.floor(progressOf(view) * 100)} %</span>
    ${
      view.error === undefined
        ? nothing
        : html`<p class="error" part="error" role="alert">${words.failedToRun(view.error)}</p>`
    }
  </footer>`;
}
