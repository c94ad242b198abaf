import { frameField } from "@synfin/simulator/bulk";
import { html, nothing, type TemplateResult } from "lit";
import type { Actions } from "./actions.ts";
import { isActive } from "./load-controller.ts";
import type { Scene } from "./panels.ts";

/** How much is done, of how much virtual time and how many runs, how fast, and how long still. */
function progressLine({ view, words, numbers }: Scene): string {
  const { now, intent, runs, frame, busyMs, restMs } = view;
  const parts = [`${Math.floor(view.progress * 100)} %`];
  if (now !== undefined && intent !== undefined && view.result === undefined) {
    parts.push(words.soFar(numbers.seconds(now.atUs), numbers.seconds(intent.endUs)));
  }
  if (view.result !== undefined && isActive(view))
    parts.push(words.nthRun(numbers.whole(runs.length + 1)));
  const events = frame === undefined ? 0 : frameField(frame, "events");
  if (events > 0 && busyMs > 0)
    parts.push(words.perSecond(numbers.short((events * 1000) / busyMs)));
  if (restMs !== undefined && isActive(view)) {
    parts.push(words.left(numbers.rest(restMs)));
  }
  return parts.join(" · ");
}

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
      .value=${view.progress}
      aria-label=${words.progress}
    ></progress>
    <span class="mono">${progressLine(scene)}</span>
    ${
      view.error === undefined
        ? nothing
        : html`<p class="error" part="error" role="alert">${words.failedToRun(view.error)}</p>`
    }
  </footer>`;
}
