import type { Trace, TraceSegment } from "@synfin/simulator";
import { formatDuration, formatEndpoint } from "@synfin/simulator/view";
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { stateFamily } from "../ladder/draw.ts";
import { markText } from "../ladder/marks.ts";
import { announce } from "../narration/announce.ts";
import type { Story } from "../narration/narrate.ts";
import { phaseOf } from "./frame.ts";
import { protocolWords } from "./protocol-words.ts";
import { canLose, fateText, lastFateText, type Scene, segmentText } from "./scene.ts";

/** Both ends over their lifelines, each with its present state in letters. */
export function endsView({ frame, trace, recorded }: Scene): TemplateResult {
  return html`<div class="ends" part="ends">
    ${frame.ends.map(({ side, host, state }) => {
      const found = trace.hosts.find(({ name }) => name === host);
      return html`<div class="end ${side}">
        <span class="host"><b>${host}</b> <span class="address">${found === undefined ? "" : formatEndpoint(found.address, found.port)}</span></span>
        ${recorded === "capture" ? "" : html`<span class="state ${stateFamily(state)}">${state}</span>`}
      </div>`;
    })}
  </div>`;
}

/** The present step in plain words, with its sources. */
export function narrationView(scene: Scene): TemplateResult {
  const { steps, frame, words } = scene;
  const moment = steps[frame.step];
  const story = storyOf(scene);
  // What a capture does not know cannot be told: only what passed by.
  const isCapture = scene.recorded === "capture";
  const narration = moment === undefined || isCapture ? undefined : scene.narrate?.(story, moment);
  const told = narration?.sentences.join(" ") ?? (moment && announce(story, moment));
  const own = ownWords(scene);
  // A writer's own words introduce the run themselves.
  const intro = frame.step > 0 || own !== undefined ? "" : scene.description[scene.language];
  return html`<section class="card narration" part="narration">
    <p class="heading">
      ${words.step(frame.step + 1, steps.length)}<span class="clock"> · ${formatDuration(moment?.atUs ?? 0)}</span>
    </p>
    ${intro === "" ? nothing : html`<p class="intro">${protocolWords(intro)}</p>`}
    <p>${protocolWords(own ?? told ?? "")}</p>
    <p class="source">${narration?.sources.join(" · ")}</p>
    <p class="hint">${scene.recorded === undefined ? words.hints[scene.tool] : words.recorded[scene.recorded]}</p>
  </section>`;
}

/** What the page's writer says of the present step. */
function ownWords({ own, frame, language }: Scene): string | undefined {
  const text = own?.get(frame.step + 1);
  return typeof text === "object" ? text[language] : text;
}

/** What a screen reader says: it changes once for each step, never for a frame. */
export function statusText(scene: Scene): string {
  const { steps, frame, words } = scene;
  const moment = steps[frame.step];
  if (moment === undefined) return "";
  const where = `${words.step(frame.step + 1, steps.length)}, ${formatDuration(moment.atUs)}`;
  return `${where}. ${announce(storyOf(scene), moment)}`;
}

function storyOf({ trace, ladder, language }: Scene): Story {
  const { numbers, marks } = ladder;
  return { trace, language, numbers, marks };
}

/** Every transmission of the run as a row of a table; unfolded where it stands for the ladder. */
export function transcriptView(scene: Scene, open: boolean): TemplateResult {
  const { words, trace } = scene;
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
  const { words, ladder, frame, trace, actions } = scene;
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
        aria-label="${words.drop}: ${segmentText(scene, segment)}"
        @click=${() => actions.drop(segment.id)}
      >
        ${words.drop}
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
