import type { Oracle } from "@synfin/simulator/bulk";
import { type Verdict, verdictOf } from "@synfin/simulator/stats";
import { html, nothing, type TemplateResult } from "lit";
import type { Intent } from "./intent.ts";
import type { Scene } from "./panels.ts";
import { prose } from "./story.ts";

/** The probability with which an interval holds the truth; the command line has the same. */
const LEVEL = 0.99;

/** Theory beside the run: each claim, what it expects, and in the end what was seen. */
export function findings(
  scene: Scene,
  intent: Intent | undefined,
  runMore: (() => void) | undefined,
): TemplateResult | typeof nothing {
  if (intent === undefined || intent.oracles.length === 0) return nothing;
  const { view, words } = scene;
  const isOurs = view.intent === intent;
  const offers = isOurs && view.result !== undefined && runMore !== undefined;
  return html`<div class="card theory" part="theory">
    <div class="heading">
      <h3>${words.theory}</h3>
      ${
        offers
          ? html`<button type="button" part="more" @click=${runMore}>${words.runMore}</button>`
          : nothing
      }
    </div>
    <ul>
      ${intent.oracles.map((oracle) =>
        claim(scene, oracle, isOurs ? verdictFor(scene, oracle) : undefined),
      )}
    </ul>
  </div>`;
}

/** What the runs that are over say to a claim; undefined before the first one is. */
function verdictFor({ view }: Scene, { name, expected, error }: Oracle): Verdict | undefined {
  const observed = view.runs.flatMap(
    ({ summary }) => summary.findings.find((one) => one.name === name)?.observed ?? [],
  );
  return observed.length === 0 ? undefined : verdictOf(observed, expected, LEVEL, error);
}

function claim(
  scene: Scene,
  { claim: text, expected, unit, error }: Oracle,
  found: Verdict | undefined,
): TemplateResult {
  const { words, numbers, language, view } = scene;
  const off = error === undefined ? "" : ` ± ${numbers.quantity(error, unit)}`;
  return html`<li>
    <p>${prose(text[language])}</p>
    <dl>
      <div>
        <dt>${words.expected}</dt>
        <dd>${numbers.quantity(expected, unit)}${off}</dd>
      </div>
      <div>
        <dt>${view.runs.length > 1 ? words.observedIn(numbers.whole(view.runs.length)) : words.observed}</dt>
        <dd class="seen">${found === undefined ? words.notYet : seen(scene, found, unit)}</dd>
      </div>
    </dl>
  </li>`;
}

/** The mean with its interval, and a sign and a word for whether the claim holds. */
function seen({ words, numbers }: Scene, found: Verdict, unit: Oracle["unit"]): TemplateResult {
  const { mean, interval, holds } = found;
  const around = interval === null ? "" : ` ± ${numbers.quantity(interval.halfWidth, unit)}`;
  const [sign, said] =
    holds === null ? ["", words.oneRun] : holds ? ["✓", words.holds] : ["✗", words.fails];
  return html`${numbers.quantity(mean, unit)}${around}
    <span class=${holds === false ? "verdict bad" : "verdict"}>${sign} ${said}</span>`;
}
