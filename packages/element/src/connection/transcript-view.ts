import type { Trace, TraceSegment } from "@synfin/simulator";
import { formatDuration } from "@synfin/simulator/view";
import { html, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { markText } from "../ladder/marks.ts";
import { phaseOf } from "./frame.ts";
import { canLose, fateText, lastFateText, type Scene, segmentText } from "./scene.ts";
import { CARD_WORDS } from "./words/cards.ts";

/** Every transmission of the run as a row of a table; unfolded where it stands for the ladder. */
export function transcriptView(scene: Scene, open: boolean): TemplateResult {
  const { language, trace } = scene;
  const words = CARD_WORDS[language];
  return html`<details class="transcript" part="transcript" ?open=${open}>
    <summary>${words.transcript}</summary>
    <div class="scroll" tabindex="0" role="region" aria-label=${words.transcript}>
      <table>
        <thead>
          <tr>
            ${words.columns.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${trace.segments.map((segment) =>
            guard([scene.ladder, phaseOf(segment, scene.frame.atUs)], () =>
              transcriptRow(scene, segment),
            ),
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

function transcriptRow(scene: Scene, segment: TraceSegment): TemplateResult {
  const { language, ladder, frame, trace, actions } = scene;
  const { drop } = CARD_WORDS[language];
  const shown = ladder.numbers.get(segment.id) ?? segment;
  const can = canLose(scene, segment);
  return html`<tr class=${segment.sentAtUs > frame.atUs ? "future" : ""}>
    <td>${formatDuration(segment.sentAtUs)}</td>
    <th scope="row">${segment.id}</th>
    <td>${segment.flags.join(",")}</td>
    <td>${shown.seq}</td>
    <td>${segment.flags.includes("ACK") ? shown.ack : "–"}</td>
    <td>${segment.length}</td>
    <td>${markText(ladder.marks, segment)}</td>
    <td>${fate(scene, segment)}</td>
    <td>${changesBy(trace, segment).join(", ")}</td>
    <td>
      <button
        type="button"
        ?disabled=${!can}
        aria-label="${drop}: ${segmentText(scene, segment)}"
        @click=${() => actions.drop(segment.id)}
      >
        ${drop}
      </button>
    </td>
  </tr>`;
}

/** By now on a screen, and in the end on paper, where all of the run has happened. */
function fate(scene: Scene, segment: TraceSegment): string | TemplateResult {
  const now = fateText(scene, segment);
  const last = lastFateText(scene.words, segment);
  return now === last
    ? now
    : html`<span class="screen">${now}</span><span class="paper">${last}</span>`;
}

function changesBy(trace: Trace, { id }: TraceSegment): string[] {
  return trace.states
    .filter((change) => change.segment === id)
    .map(({ host, to }) => `${host}: ${to}`);
}
