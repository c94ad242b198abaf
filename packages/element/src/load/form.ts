import { PROFILE_NAMES, PROFILES } from "@synfin/core/tcp";
import { html, noChange, nothing, type TemplateResult } from "lit";
import type { Scene } from "./panels.ts";
import { listedScenarios } from "./scenarios.ts";
import { type Field, type Form, isOutOfBounds, MOST_SEED, type Problem } from "./settings.ts";
import { prose } from "./story.ts";
import { fieldUnit } from "./values.ts";

/** What the buttons and inputs do. */
export interface Actions {
  /** Another scenario, with its own defaults. */
  readonly choose: (scenario: string) => void;
  readonly profile: (name: string) => void;
  readonly seed: (value: number) => void;
  readonly set: (field: Field, value: number) => void;
  readonly run: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly cancel: () => void;
}

/** The scenario, its parameters and the button that runs them. */
export function settingsForm(
  scene: Scene,
  form: Form,
  active: boolean,
  actions: Actions,
): TemplateResult {
  const { view, words } = scene;
  const submit = (event: Event): void => {
    event.preventDefault();
    actions.run();
  };
  return html`<form aria-label=${words.settings} novalidate @submit=${submit}>
    <div class="choices">
      ${scenarioPicker(scene, form, active, actions)} ${profilePicker(scene, form, active, actions)}
      <button class="primary" part="run" ?disabled=${active || form.problems.length > 0}>
        ${view.phase === "idle" ? words.run : words.runAgain}
      </button>
    </div>
    <div class="fields" part="fields">
      ${form.fields.map((field) => fieldView(scene, field, active, actions))}
      ${seedField(scene, form, active, actions)}
    </div>
    ${form.problems.map((problem) => problemLine(scene, problem))}
  </form>`;
}

function scenarioPicker(
  { words, language }: Scene,
  { scenario }: Form,
  active: boolean,
  actions: Actions,
): TemplateResult {
  return picker(
    words.scenario,
    "scenario",
    listedScenarios.map(({ name, title }) => [name, title[language]]),
    scenario.name,
    active,
    actions.choose,
  );
}

function profilePicker(
  { words }: Scene,
  { profile }: Form,
  active: boolean,
  actions: Actions,
): TemplateResult {
  const names = PROFILE_NAMES.map((name) => [name, PROFILES[name].title] as const);
  return picker(words.profile, "profile", names, profile, active, actions.profile);
}

function picker(
  label: string,
  part: string,
  options: readonly (readonly [value: string, name: string])[],
  chosen: string,
  disabled: boolean,
  choose: (value: string) => void,
): TemplateResult {
  const change = (event: Event): void => choose((event.target as HTMLSelectElement).value);
  return html`<label class=${part}
    >${label}
    <select part=${part} ?disabled=${disabled} @change=${change}>
      ${options.map(
        ([value, name]) =>
          html`<option value=${value} ?selected=${value === chosen} .selected=${value === chosen}>
            ${name}
          </option>`,
      )}
    </select></label
  >`;
}

function fieldView(
  scene: Scene,
  field: Field,
  disabled: boolean,
  actions: Actions,
): TemplateResult {
  const { key, doc } = field.parameter;
  return html`<div class="field">
    <label for=${`value-${key}`}>${key}</label>
    ${inputFor(scene, field, disabled, (value) => actions.set(field, value))}
    <p class="doc" id=${`doc-${key}`}>${prose(doc[scene.language])}</p>
  </div>`;
}

function inputFor(
  scene: Scene,
  { parameter, value, defaultValue }: Field,
  disabled: boolean,
  set: (value: number) => void,
): TemplateResult {
  const { key, unit, choices, min, max } = parameter;
  if (unit === "choice" || unit === "switch") {
    const names = choices ?? [scene.words.off, scene.words.on];
    const change = (event: Event): void => set((event.target as HTMLSelectElement).selectedIndex);
    return html`<select
      id=${`value-${key}`}
      ?disabled=${disabled}
      aria-describedby=${`doc-${key}`}
      @change=${change}
    >
      ${names.map((name, index) => html`<option .selected=${index === value}>${name}</option>`)}
    </select>`;
  }
  const { name, size } = fieldUnit(parameter, defaultValue);
  const bounds = { key, value: value / size, min: min / size, max: max / size };
  return numberInput(
    { ...bounds, unit: name, invalid: isOutOfBounds({ parameter, value, defaultValue }) },
    disabled,
    (typed) => set(size === 1 ? typed : Math.round(typed * size)),
  );
}

function seedField(
  { words }: Scene,
  { seed, problems }: Form,
  disabled: boolean,
  actions: Actions,
): TemplateResult {
  const invalid = problems.some(({ kind }) => kind === "seed");
  const bounds = { key: "seed", value: seed, min: 0, max: MOST_SEED, unit: "", invalid };
  return html`<div class="field">
    <label for="value-seed">seed</label>
    ${numberInput(bounds, disabled, actions.seed)}
    <p class="doc" id="doc-seed">${words.seedDoc}</p>
  </div>`;
}

interface NumberField {
  readonly key: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
  readonly invalid: boolean;
}

/** While what is typed is no number, it is left as it stands. */
function numberInput(
  field: NumberField,
  disabled: boolean,
  set: (value: number) => void,
): TemplateResult {
  const { key, value, min, max, unit, invalid } = field;
  return html`<span class="number"
    ><input
      type="number"
      inputmode="decimal"
      id=${`value-${key}`}
      name=${key}
      min=${min}
      max=${max}
      step="any"
      .value=${Number.isNaN(value) ? noChange : String(value)}
      aria-invalid=${invalid ? "true" : nothing}
      aria-describedby=${`doc-${key}`}
      ?disabled=${disabled}
      @input=${(event: Event) => set((event.target as HTMLInputElement).valueAsNumber)}
    />${unit === "" ? nothing : html`<span class="unit">${unit}</span>`}</span
  >`;
}

function problemLine(scene: Scene, problem: Problem): TemplateResult {
  return html`<p class="error" part="error" role="alert">${problemText(scene, problem)}</p>`;
}

function problemText({ words, numbers }: Scene, problem: Problem): string {
  if (problem.kind === "name") {
    const { name, known } = problem;
    return words.noSuchName({ name, known: known.join(", ") });
  }
  if (problem.kind === "seed") {
    return words.notWhole({
      field: "seed",
      value: shown(problem.value, numbers.exact),
      ...{ least: "0", most: numbers.whole(MOST_SEED) },
    });
  }
  const { parameter, value, defaultValue } = problem.field;
  const { name, size } = fieldUnit(parameter, defaultValue);
  const unit = name === "" || name === "/s" || name === "%" ? name : ` ${name}`;
  const write = (number: number): string => `${numbers.exact(number / size)}${unit}`;
  const say = size === 1 ? words.notWhole : words.outOfBounds;
  return say({
    field: parameter.key,
    value: shown(value, write),
    least: write(parameter.min),
    most: write(parameter.max),
  });
}

function shown(value: number, write: (value: number) => string): string {
  return Number.isNaN(value) ? "?" : write(value);
}
