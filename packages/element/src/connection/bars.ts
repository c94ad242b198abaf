import { formatDuration } from "@synfin/simulator/view";
import { html, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { live } from "lit/directives/live.js";
import { exportMenu } from "../export-menu.ts";
import { px } from "../ladder/shapes.ts";
import { catalogue } from "./catalogue.ts";
import { EXPORT_FORMATS } from "./export-format.ts";
import type { Scene } from "./scene.ts";
import { TOOLS } from "./tool.ts";
import type { Whole } from "./whole-view.ts";
import { CONTROL_WORDS } from "./words/controls.ts";

/** Scenario, numbers, and what to take along: links only where `copied` is defined. */
export function headerBar({
  chosen,
  seq,
  language,
  words: { copied: copiedText },
  actions,
  copied,
  isOwn,
  title: shownTitle,
}: Whole): TemplateResult {
  const words = CONTROL_WORDS[language];
  const known = catalogue.some(({ name }) => name === chosen);
  const picker = (): TemplateResult => html`<label>
      <span class="hidden">${words.scenario}</span>
      <select @change=${(event: Event) => actions.setScenario(chosenValue(event))}>
        ${known ? "" : html`<option value=${chosen} selected>${chosen}</option>`}
        ${catalogue.map(
          ({ name, title }) =>
            html`<option value=${name} ?selected=${name === chosen}>${title[language]}</option>`,
        )}
      </select>
    </label>`;
  return html`<header class="bar" part="header">
    ${isOwn ? html`<b>${shownTitle}</b>` : picker()}
    <span class="grow"></span>
    <label class="inline">
      ${words.numbers}
      <select .value=${live(seq)} @change=${(event: Event) => actions.setSeq(chosenValue(event) === "absolute" ? "absolute" : "relative")}>
        <option value="relative" ?selected=${seq === "relative"}>${words.relative}</option>
        <option value="absolute" ?selected=${seq === "absolute"}>${words.absolute}</option>
      </select>
    </label>
    ${copied === undefined ? "" : html`<button type="button" @click=${actions.share}>${copied ? copiedText : words.share}</button>`}
    ${exportMenu(
      words.save,
      EXPORT_FORMATS.map((format) => [format, words.files[format]] as const),
      actions.save,
    )}
  </header>`;
}

const SPEEDS = [0.25, 0.5, 1, 2, 4];

/** Play, step, scrub, speed, what a click does, undo. */
export function controlBar(scene: Scene): TemplateResult {
  const { actions, playing, frame, speed, canUndo, ladder, reel, tool } = scene;
  const words = CONTROL_WORDS[scene.language];
  const choose = (event: Event): void =>
    actions.setTool(TOOLS.find((one) => one === chosenValue(event)) ?? "drop");
  const speeds = SPEEDS.includes(speed) ? SPEEDS : [...SPEEDS, speed].sort((a, b) => a - b);
  return html`<footer class="bar" part="controls">
    <div class="scrub">
      ${guard([ladder, reel.fromUs, reel.toUs], () => marks(scene))}
      <input
        type="range"
        min=${ladder.map.y(reel.fromUs)}
        max=${ladder.map.y(reel.toUs)}
        step="any"
        aria-label=${words.time}
        aria-valuetext="${formatDuration(frame.atUs)}, ${scene.words.step(frame.step + 1, scene.steps.length)}"
        .value=${live(String(frame.y))}
        @input=${(event: Event) => actions.seek(ladder.map.atUs(Number(chosenValue(event))))}
      />
    </div>
    <span class="time">${formatDuration(frame.atUs)}</span>
    <div class="buttons">
      ${button(words.toStart, ICONS.start, () => actions.seek(0))}
      ${button(words.back, ICONS.back, () => actions.step(-1))}
      ${button(playing ? words.pause : words.play, playing ? ICONS.pause : ICONS.play, actions.toggle, "primary")}
      ${button(words.forward, ICONS.forward, () => actions.step(1))}
    </div>
    <label>
      <span class="hidden">${words.speed}</span>
      <select .value=${live(String(speed))} @change=${(event: Event) => actions.setSpeed(Number(chosenValue(event)))}>
        ${speeds.map((value) => html`<option value=${value} ?selected=${value === speed}>${value}×</option>`)}
      </select>
    </label>
    <label>
      <span class="hidden">${words.tool}</span>
      <select .value=${live(tool)} ?disabled=${scene.recorded !== undefined} @change=${choose}>
        ${TOOLS.map((one) => html`<option value=${one} ?selected=${one === tool}>${scene.words.tools[one]}</option>`)}
      </select>
    </label>
    <div class="buttons">
      <button type="button" ?disabled=${!canUndo} @click=${actions.undo}>${words.undo}</button>
      <button type="button" @click=${actions.reset}>${words.reset}</button>
    </div>
  </footer>`;
}

function chosenValue(event: Event): string {
  return (event.currentTarget as HTMLInputElement | HTMLSelectElement).value;
}

function button(
  label: string,
  icon: SVGTemplateResult,
  press: () => void,
  cls = "",
): TemplateResult {
  return html`<button type="button" class="icon ${cls}" aria-label=${label} title=${label} @click=${press}>
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">${icon}</svg>
  </button>`;
}

const ICONS = {
  start: svg`<path d="M3 3h2v10H3zM13 3v10L6 8z"></path>`,
  back: svg`<path d="M11 3v10L4 8z"></path>`,
  play: svg`<path d="M4 2.5v11L13 8z"></path>`,
  pause: svg`<path d="M4 3h3v10H4zM9 3h3v10H9z"></path>`,
  forward: svg`<path d="M4 3v10l6-5zM11 3h2v10h-2z"></path>`,
};

/** A mark over the slider for each step. */
function marks({ steps, ladder, reel: { fromUs, toUs } }: Scene): TemplateResult {
  const { y } = ladder.map;
  const [from, to] = [y(fromUs), y(toUs)];
  const shown = steps.filter(({ atUs }) => atUs >= fromUs && atUs <= toUs);
  const d = shown.map(({ atUs }) => `M${px(((y(atUs) - from) / (to - from || 1)) * 1000)} 0v8`);
  return html`<svg class="marks" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<path d=${d.join("")}></path>`}
  </svg>`;
}
