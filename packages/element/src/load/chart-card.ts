import type { Census } from "@synfin/simulator/load";
import {
  type Band,
  bandsOf,
  type ChartFrame,
  chartFrame,
  countOf,
  type End,
  totalOf,
} from "@synfin/simulator/plot";
import { html, nothing, type TemplateResult } from "lit";
import { chartTemplate, swatch } from "./chart.ts";
import { censusToDraw } from "./load-controller.ts";
import type { Scene } from "./panels.ts";
import { DEFAULT_SETTINGS, expectedExtent, specOf } from "./settings.ts";

/** What a reader has chosen to see of the chart, and what to do when that changes. */
export interface ChartChoice {
  readonly end: End;
  /** The time looked at; none means the latest. */
  readonly lookUs: number | undefined;
  /** Room for the chart in CSS pixels. */
  readonly width: number;
  readonly choose: (choice: { readonly end?: End; readonly lookUs?: number }) => void;
}

/** The chart with its legend, the choice of an end, and the time to look at. */
export function chartCard(scene: Scene, choice: ChartChoice): TemplateResult {
  const { view, words } = scene;
  const census = censusToDraw(view);
  const bands = bandsOf(choice.end, census);
  const frame = frameFor(scene, census, bands, choice);
  return html`<div class="card">
    <div class="heading">
      <h3>${words.chart}</h3>
      <div class="ends" role="group" aria-label=${words.end}>
        ${endButton("client", words.clients, choice)} ${endButton("server", words.servers, choice)}
      </div>
    </div>
    <div class="plot">
      ${plot(scene, census, bands, frame, choice)}
      ${view.phase === "idle" ? html`<p class="empty">${words.empty}</p>` : nothing}
    </div>
    ${lookSlider(scene, census, frame, choice)} ${legend(scene, rowAt(census, choice.lookUs), bands, choice)}
  </div>`;
}

function endButton(end: End, name: string, choice: ChartChoice): TemplateResult {
  return html`<button
    type="button"
    aria-pressed=${choice.end === end}
    @click=${() => choice.choose({ end })}
  >
    ${name}
  </button>`;
}

function plot(
  scene: Scene,
  census: readonly Census[],
  bands: readonly Band[],
  frame: ChartFrame,
  choice: ChartChoice,
): TemplateResult {
  const { view, numbers } = scene;
  const { end, lookUs } = choice;
  const running = view.result === undefined ? view.now?.atUs : undefined;
  return chartTemplate({
    frame,
    census,
    bands,
    end,
    lineUs: lookUs === undefined ? running : rowAt(census, lookUs)?.atUs,
    summary: summary(scene, rowAt(census, lookUs), bands, end),
    numbers,
  });
}

/** Axes for all that the run is expected to hold, so that they stand still while it runs. */
function frameFor(
  { view }: Scene,
  census: readonly Census[],
  bands: readonly Band[],
  { end, width }: ChartChoice,
): ChartFrame {
  const expected = expectedExtent(view.spec ?? specOf(DEFAULT_SETTINGS));
  const alive = end === "client" ? expected.alive : expected.open;
  const tallest = census.map((row) => totalOf(row, end, bands));
  return chartFrame(
    width,
    Math.max(expected.endUs, view.now?.atUs ?? 0),
    Math.max(alive, ...tallest),
  );
}

/** The last row at or before a time; the latest where none is asked for. */
function rowAt(census: readonly Census[], atUs: number | undefined): Census | undefined {
  if (atUs === undefined) return census.at(-1);
  return census.findLast((row) => row.atUs <= atUs) ?? census[0];
}

/** A slider over the same time as the chart above it; each step is a row of the census. */
function lookSlider(
  { words, numbers }: Scene,
  census: readonly Census[],
  frame: ChartFrame,
  choice: ChartChoice,
): TemplateResult {
  const atUs = rowAt(census, choice.lookUs)?.atUs ?? 0;
  const move = (event: Event): void => {
    const wanted = (event.target as HTMLInputElement).valueAsNumber;
    const row = rowAt(census, wanted);
    // Past the end of what there is, it goes back there.
    if (row !== undefined) choice.choose({ lookUs: row.atUs });
    (event.target as HTMLInputElement).value = String(row?.atUs ?? 0);
  };
  return html`<label class="look"
    >${words.look}
    <input
      type="range"
      min="0"
      max=${frame.maxUs}
      step=${census[1]?.atUs ?? 1}
      .value=${String(atUs)}
      ?disabled=${census.length < 2}
      aria-valuetext=${numbers.seconds(atUs)}
      @input=${move}
    />
    <output>${numbers.seconds(atUs)}</output></label
  >`;
}

/** The names of the layers from the top of the chart down, with their counts at one time. */
function legend(
  { numbers }: Scene,
  row: Census | undefined,
  bands: readonly Band[],
  { end }: ChartChoice,
): TemplateResult {
  return html`<ul class="legend" part="legend">
    ${[...bands].reverse().map(
      (band) => html`<li>
        ${swatch(band)} ${band.name}
        <b>${row === undefined ? "" : numbers.whole(countOf(row, end, band.state))}</b>
      </li>`,
    )}
  </ul>`;
}

function summary(
  { words, numbers }: Scene,
  row: Census | undefined,
  bands: readonly Band[],
  end: End,
): string {
  if (row === undefined) return words.empty;
  const states = bands.map(
    ({ name, state }) => `${name} ${numbers.whole(countOf(row, end, state))}`,
  );
  return words.chartSummary({
    end: end === "client" ? words.clients : words.servers,
    time: numbers.seconds(row.atUs),
    states: states.join(", "),
  });
}
