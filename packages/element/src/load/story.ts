import { html, type TemplateResult } from "lit";
import type { Scene } from "./panels.ts";
import type { Form } from "./settings.ts";

/** A text in which names stand between backticks. */
export function prose(text: string): readonly (string | TemplateResult)[] {
  return text
    .split("`")
    .map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}

/** What the scenario is about, and what its model leaves out. */
export function story({ words, language }: Scene, { scenario }: Form): TemplateResult {
  return html`<div class="story" part="story">
    <p>${prose(scenario.explanation[language])}</p>
    <details>
      <summary>${words.leavesOut}</summary>
      <p>${prose(scenario.leavesOut[language])}</p>
    </details>
  </div>`;
}
