import { formatDuration } from "@synfin/simulator/view";
import { html, nothing, type TemplateResult } from "lit";
import { announce } from "../narration/announce.ts";
import { protocolWords } from "./protocol-words.ts";
import { type Scene, storyOf } from "./scene.ts";
import { CARD_WORDS } from "./words/cards.ts";

/** The present step in plain words, with its sources. */
export function narrationView(scene: Scene): TemplateResult {
  const { steps, frame, words, language } = scene;
  const { hints, recorded } = CARD_WORDS[language];
  const moment = steps[frame.step];
  const story = storyOf(scene);
  // What a capture does not know cannot be told: only what passed by.
  const isCapture = scene.recorded === "capture";
  const narration = moment === undefined || isCapture ? undefined : scene.narrate?.(story, moment);
  const told = narration?.sentences.join(" ") ?? (moment && announce(story, moment));
  const own = ownWords(scene);
  // A writer's own words introduce the run themselves.
  const intro = frame.step > 0 || own !== undefined ? "" : scene.description[language];
  return html`<section class="card narration" part="narration">
    <p class="heading">
      ${words.step(frame.step + 1, steps.length)}<span class="clock"> · ${formatDuration(moment?.atUs ?? 0)}</span>
    </p>
    ${intro === "" ? nothing : html`<p class="intro">${protocolWords(intro)}</p>`}
    <p>${protocolWords(own ?? told ?? "")}</p>
    <p class="source">${narration?.sources.join(" · ")}</p>
    <p class="hint">${scene.recorded === undefined ? hints[scene.tool] : recorded[scene.recorded]}</p>
  </section>`;
}

/** What the page's writer says of the present step. */
function ownWords({ own, frame, language }: Scene): string | undefined {
  const text = own?.get(frame.step + 1);
  return typeof text === "object" ? text[language] : text;
}
