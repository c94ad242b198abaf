import { html, nothing, type TemplateResult } from "lit";
import { progressOf, type Scene } from "./panels.ts";
import { type LoadSettings, SETTING_BOUNDS, type SettingError, settingErrors } from "./settings.ts";

/** What the buttons and inputs do. */
export interface Actions {
  readonly set: (field: keyof LoadSettings, value: number) => void;
  readonly run: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly cancel: () => void;
}

type Shown = "connections" | "rate";

/** The settings and the button that runs them. */
export function settingsForm(
  scene: Scene,
  settings: LoadSettings,
  active: boolean,
  actions: Actions,
): TemplateResult {
  const { view, words } = scene;
  const errors = settingErrors(settings);
  const submit = (event: Event): void => {
    event.preventDefault();
    actions.run();
  };
  const input = (field: Shown): TemplateResult =>
    numberInput(scene, field, settings[field], { errors, disabled: active, actions });
  return html`<form aria-label=${words.settings} novalidate @submit=${submit}>
    ${input("connections")} ${input("rate")}
    <span class="grow"></span>
    <button class="primary" part="run" ?disabled=${active || errors.length > 0}>
      ${view.phase === "idle" ? words.run : words.runAgain}
    </button>
    ${errors.map((error) => errorLine(scene, error))}
  </form>`;
}

interface InputContext {
  readonly errors: readonly SettingError[];
  readonly disabled: boolean;
  readonly actions: Actions;
}

function numberInput(
  { words }: Scene,
  field: Shown,
  value: number,
  { errors, disabled, actions }: InputContext,
): TemplateResult {
  const [least, most] = SETTING_BOUNDS[field];
  const invalid = errors.some((error) => error.field === field);
  return html`<label class="setting"
    >${words[field]}
    <input
      type="number"
      inputmode="numeric"
      name=${field}
      min=${least}
      max=${most}
      step="1"
      .value=${Number.isNaN(value) ? "" : String(value)}
      aria-invalid=${invalid ? "true" : nothing}
      ?disabled=${disabled}
      @input=${(event: Event) => {
        actions.set(field, (event.target as HTMLInputElement).valueAsNumber);
      }}
  /></label>`;
}

function errorLine(
  { words, numbers }: Scene,
  { field, value, least, most }: SettingError,
): TemplateResult {
  const message = words.outOfBounds({
    field: words[field],
    value: Number.isNaN(value) ? "?" : numbers.exact(value),
    least: numbers.whole(least),
    most: numbers.whole(most),
  });
  return html`<p class="error" part="error" role="alert">${message}</p>`;
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
