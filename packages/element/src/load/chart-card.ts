import type { CensusRow } from "@synfin/simulator/bulk";
import {
  type Band,
  bandsOf,
  type ChartFrame,
  chartFrame,
  countOf,
  totalOf,
} from "@synfin/simulator/plot";
import { html, nothing, type TemplateResult } from "lit";
import { chartTemplate, swatch } from "./chart.ts";
import type { Intent } from "./intent.ts";
import { censusToDraw } from "./load-controller.ts";
import type { Scene } from "./panels.ts";

/** What a reader has chosen to see of the chart, and what to do when that changes. */
export interface ChartChoice {
  /** The host shown, by its number; and the names of all of them. */
  readonly host: number;
  readonly hosts: readonly string[];
  /** The time looked at; none means the latest. */
  readonly lookUs: number | undefined;
  /** Room for the chart in CSS pixels. */
  readonly width: number;
  readonly choose: (choice: { readonly host?: number; readonly lookUs?: number }) => void;
}

/** The chart with its legend, the choice of a host, and the time to look at. */
export function chartCard(
  scene: Scene,
  intent: Intent | undefined,
  choice: ChartChoice,
): TemplateResult {
  const { view, words } = scene;
  const census = censusToDraw(view);
  const bands = bandsOf(choice.host, census);
  const frame = frameFor(scene, intent, census, bands, choice);
  return html`<div class="card">
    <div class="heading">
      <h3>${words.chart}</h3>
      <div class="ends" role="group" aria-label=${words.host}>
        ${choice.hosts.map((name, host) => hostButton(host, words.hosts(name), choice))}
      </div>
    </div>
    <div class="plot">
      ${plot(scene, census, bands, frame, choice)}
      ${view.phase === "idle" ? html`<p class="empty">${words.empty}</p>` : nothing}
    </div>
    ${lookSlider(scene, census, frame, choice)} ${legend(scene, rowAt(census, choice.lookUs), bands, choice)}
  </div>`;
}

function hostButton(host: number, name: string, choice: ChartChoice): TemplateResult {
  return html`<button
    type="button"
    aria-pressed=${choice.host === host}
    @click=${() => choice.choose({ host })}
  >
    ${name}
  </button>`;
}

function plot(
  scene: Scene,
  census: readonly CensusRow[],
  bands: readonly Band[],
  frame: ChartFrame,
  choice: ChartChoice,
): TemplateResult {
  const { view, numbers } = scene;
  const { host, hosts, lookUs } = choice;
  const running = view.result === undefined ? view.now?.atUs : undefined;
  return chartTemplate({
    frame,
    census,
    bands,
    host,
    lineUs: lookUs === undefined ? running : rowAt(census, lookUs)?.atUs,
    summary: summary(scene, rowAt(census, lookUs), bands, host, hosts[host] ?? ""),
    numbers,
  });
}

/** What the axis of time shows of settings that cannot be run. */
const MINUTE = 60_000_000;

/** The axis of time is there for the whole run, so that it stands still; the other one grows. */
function frameFor(
  { view }: Scene,
  intent: Intent | undefined,
  census: readonly CensusRow[],
  bands: readonly Band[],
  { host, width }: ChartChoice,
): ChartFrame {
  const tallest = census.reduce((most, row) => Math.max(most, totalOf(row, host, bands)), 0);
  const isOver = view.result !== undefined;
  const endUs = isOver ? 0 : (view.intent ?? intent)?.endUs;
  return chartFrame(width, Math.max(endUs ?? MINUTE, census.at(-1)?.atUs ?? 0), tallest);
}

/** The last row at or before a time; the latest where none is asked for. */
function rowAt(census: readonly CensusRow[], atUs: number | undefined): CensusRow | undefined {
  if (atUs === undefined) return census.at(-1);
  return census.findLast((row) => row.atUs <= atUs) ?? census[0];
}

/** A slider over the same time as the chart above it; each step is a row of the census. */
function lookSlider(
  { words, numbers }: Scene,
  census: readonly CensusRow[],
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
  row: CensusRow | undefined,
  bands: readonly Band[],
  { host }: ChartChoice,
): TemplateResult {
  return html`<ul class="legend" part="legend">
    ${[...bands].reverse().map(
      (band) => html`<li>
        ${swatch(band)} ${band.name}
        <b>${row === undefined ? "" : numbers.whole(countOf(row, host, band.state))}</b>
      </li>`,
    )}
  </ul>`;
}

function summary(
  { words, numbers }: Scene,
  row: CensusRow | undefined,
  bands: readonly Band[],
  host: number,
  name: string,
): string {
  if (row === undefined) return words.empty;
  const states = bands.map(
    (band) => `${band.name} ${numbers.whole(countOf(row, host, band.state))}`,
  );
  return words.chartSummary({
    host: words.hosts(name),
    time: numbers.seconds(row.atUs),
    states: states.join(", "),
  });
}
