import type { Finding, Oracle } from "@synfin/simulator/bulk";
import { html, nothing, type TemplateResult } from "lit";
import type { Intent } from "./intent.ts";
import type { Scene } from "./panels.ts";
import { prose } from "./story.ts";

/** Theory beside the run: each claim, what it expects, and in the end what was seen. */
export function findings(
  scene: Scene,
  intent: Intent | undefined,
): TemplateResult | typeof nothing {
  if (intent === undefined || intent.oracles.length === 0) return nothing;
  const seen = scene.view.intent === intent ? scene.view.result?.findings : undefined;
  return html`<div class="card theory" part="theory">
    <div class="heading"><h3>${scene.words.theory}</h3></div>
    <ul>
      ${intent.oracles.map((oracle) =>
        claim(
          scene,
          oracle,
          seen?.find(({ name }) => name === oracle.name),
        ),
      )}
    </ul>
  </div>`;
}

function claim(
  { words, numbers, language }: Scene,
  { claim: text, expected, unit, error }: Oracle,
  found: Finding | undefined,
): TemplateResult {
  const off = error === undefined ? "" : ` ± ${numbers.quantity(error, unit)}`;
  return html`<li>
    <p>${prose(text[language])}</p>
    <dl>
      <div>
        <dt>${words.expected}</dt>
        <dd>${numbers.quantity(expected, unit)}${off}</dd>
      </div>
      <div>
        <dt>${words.observed}</dt>
        <dd class="seen">${found === undefined ? words.notYet : numbers.quantity(found.observed, unit)}</dd>
      </div>
    </dl>
  </li>`;
}
