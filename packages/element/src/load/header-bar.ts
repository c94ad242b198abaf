import { html, nothing, type TemplateResult } from "lit";
import { exportMenu } from "../export-menu.ts";
import type { Actions } from "./actions.ts";
import { isActive, type LoadView } from "./load-controller.ts";
import { LOAD_FORMATS } from "./load-format.ts";
import { type Scene, statusLine } from "./panels.ts";

/** What has become of a run. */
interface Taken {
  readonly kept: LoadView | undefined;
  readonly notSaved: string | undefined;
  /** Links only where this is defined. */
  readonly copied: boolean | undefined;
}

/** The title, where the run stands, and what to take along of it. */
export function headerBar(
  scene: Scene,
  title: string,
  { kept, notSaved, copied }: Taken,
  actions: Actions,
): TemplateResult {
  const { view, words } = scene;
  const isWhole = view.runs.length > 0;
  const canKeep = kept !== undefined || (view.census.length > 1 && !isActive(view));
  return html`<header class="bar" part="header">
    <span class="title">${title}</span>
    <span class="progress-text">${statusLine(scene)}</span>
    <div class="tools">
    ${
      copied === undefined
        ? nothing
        : html`<button type="button" part="share" @click=${actions.share}>
            ${copied ? words.copied : words.share}
          </button>`
    }
    ${
      canKeep
        ? html`<button type="button" part="keep" @click=${actions.keep}>
            ${kept === undefined ? words.keep : words.letGo}
          </button>`
        : nothing
    }
    ${
      isWhole
        ? exportMenu(
            words.save,
            LOAD_FORMATS.map((format) => [format, words.files[format]] as const),
            actions.save,
          )
        : nothing
    }
    </div>
    ${
      notSaved === undefined
        ? nothing
        : html`<p class="error" part="error" role="alert">${words.notSaved(notSaved)}</p>`
    }
  </header>`;
}
