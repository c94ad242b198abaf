import { PROFILE_NAMES, PROFILES } from "@synfin/core/tcp";
import { html, isServer, noChange, nothing, type TemplateResult } from "lit";
import type { Actions } from "./actions.ts";
import type { Scene } from "./panels.ts";
import { listedScenarios } from "./scenarios.ts";
import {
  type Field,
  type Form,
  isOutOfBounds,
  OWN_BOUNDS,
  type OwnNumber,
  type Problem,
} from "./settings.ts";
import { prose } from "./story.ts";
import { fieldUnit } from "./values.ts";

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
      ${ownField(scene, form, active, "seed", actions)}
      ${ownField(scene, form, active, "replications", actions)}
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
          html`<option value=${value} ?selected=${value === chosen} .selected=${nowSelected(value === chosen)}>
            ${name}
          </option>`,
      )}
    </select></label
  >`;
}

/** Also where a reader has chosen otherwise. A server would write "false", which selects. */
function nowSelected(is: boolean): boolean | typeof noChange {
  return isServer ? noChange : is;
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
      ${names.map((name, index) => html`<option ?selected=${index === value} .selected=${nowSelected(index === value)}>${name}</option>`)}
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

/** A number that is no parameter of the scenario. */
function ownField(
  { words }: Scene,
  form: Form,
  disabled: boolean,
  name: OwnNumber,
  actions: Actions,
): TemplateResult {
  const invalid = form.problems.some((one) => one.kind === "own" && one.name === name);
  const [min, max] = OWN_BOUNDS[name];
  return html`<div class="field">
    <label for=${`value-${name}`}>${name}</label>
    ${numberInput({ key: name, value: form[name], min, max, unit: "", invalid }, disabled, actions[name])}
    <p class="doc" id=${`doc-${name}`}>${words.docs[name]}</p>
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
  if (problem.kind === "own") {
    const [least, most] = OWN_BOUNDS[problem.name];
    return words.notWhole({
      field: problem.name,
      value: shown(problem.value, numbers.exact),
      ...{ least: numbers.whole(least), most: numbers.whole(most) },
    });
  }
  const { parameter, value, defaultValue, unread } = problem.field;
  const { name, size } = fieldUnit(parameter, defaultValue);
  const unit = name === "" || name === "/s" || name === "%" ? name : ` ${name}`;
  const write = (number: number): string => `${numbers.exact(number / size)}${unit}`;
  const say = size === 1 ? words.notWhole : words.outOfBounds;
  return say({
    field: parameter.key,
    value: unread === undefined ? shown(value, write) : `“${unread}”`,
    least: write(parameter.min),
    most: write(parameter.max),
  });
}

function shown(value: number, write: (value: number) => string): string {
  return Number.isNaN(value) ? "?" : write(value);
}
