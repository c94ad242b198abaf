import type { CensusRow } from "@synfin/simulator/bulk";
import {
  type Band,
  bandsOf,
  type ChartFrame,
  chartFrame,
  countOf,
  type Mark,
  placeMarks,
  totalOf,
  xOf,
} from "@synfin/simulator/plot";
import { html, nothing, type TemplateResult } from "lit";
import { chartTemplate, swatch, withHead } from "./chart.ts";
import type { Intent } from "./intent.ts";
import { lastOf } from "./last-of.ts";
import { censusToDraw, type LoadView } from "./load-controller.ts";
import { type Moment, marksOf, momentsOf, mostHeld } from "./moments.ts";
import type { Scene } from "./panels.ts";
import { settingsInWords } from "./settings-words.ts";

/** What a reader has chosen to see of the chart, and what to do when that changes. */
export interface ChartChoice {
  /** The host shown, by its number; and the names of all of them. */
  readonly host: number;
  readonly hosts: readonly string[];
  /** The time looked at; none means the latest. */
  readonly lookUs: number | undefined;
  /** Room for the chart in CSS pixels. */
  readonly width: number;
  /** The run that was kept to compare with. */
  readonly kept: LoadView | undefined;
  readonly choose: (choice: { readonly host?: number; readonly lookUs?: number }) => void;
}

/** The chart with its legend, the choice of a host, and the time to look at; then `below`. */
export function chartCard(
  scene: Scene,
  intent: Intent | undefined,
  choice: ChartChoice,
  below: TemplateResult,
): TemplateResult {
  const { view, words } = scene;
  const { kept } = choice;
  const census = censusToDraw(view);
  const frame = frameFor(scene, intent, choice);
  const shown = rowAt(census, choice.lookUs);
  return html`<div class="card">
    <div class="heading">
      <h3>${words.chart}</h3>
      <div class="ends" role="group" aria-label=${words.host}>
        ${choice.hosts.map((name, host) => hostButton(host, words.hosts(name), choice))}
      </div>
    </div>
    ${kept === undefined ? nothing : keptPlot(scene, kept, frame, choice)}
    <div class="plot">
      ${plot(scene, frame, choice)}
      ${view.phase === "idle" ? html`<p class="empty">${words.empty}</p>` : nothing}
    </div>
    ${lookSlider(scene, census, frame, choice)}
    ${legend(scene, shown, bandsAt(choice.host, census), choice)}
    ${moments(scene, momentsOf(scene, choice.host, choice.hosts), choice)} ${below}
  </div>`;
}

/** The layers of a host; a move of the pointer asks for the same ones again. */
export const bandsAt: (host: number, census: readonly CensusRow[]) => Band[] = lastOf(bandsOf);

/** The run that was kept, above the one that is shown, on the same axes. */
function keptPlot(
  scene: Scene,
  kept: LoadView,
  frame: ChartFrame,
  choice: ChartChoice,
): TemplateResult {
  const which = (letter: string, { intent }: LoadView): TemplateResult => html`<p class="which">
    <span class="letter">${letter}</span> ${intent === undefined ? nothing : settingsInWords(intent)}
  </p>`;
  return html`${which("A", kept)}
    <div part="kept">${plot({ ...scene, view: kept }, frame, choice)}</div>
    ${which("B", scene.view)}`;
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

function plot(scene: Scene, frame: ChartFrame, choice: ChartChoice): TemplateResult {
  const { view, words, numbers } = scene;
  const { host, hosts, lookUs } = choice;
  const census = censusToDraw(view);
  const bands = bandsAt(host, census);
  const running = view.result === undefined ? view.now?.atUs : undefined;
  const peak = mostHeld(census, host, bands);
  return chartTemplate({
    frame,
    census,
    bands,
    host,
    lineUs: lookUs === undefined ? running : rowAt(census, lookUs)?.atUs,
    marks: placedIn(scene, frame, marksOf(scene)),
    peak:
      peak.count === 0
        ? undefined
        : { count: peak.count, words: words.most(numbers.whole(peak.count)) },
    summary: summary(scene, rowAt(census, lookUs), bands, host, hosts[host] ?? ""),
    numbers,
  });
}

function placedIn(
  { numbers }: Scene,
  frame: ChartFrame,
  marks: readonly Mark[],
): ReturnType<typeof placeMarks> {
  const tell = ({ text, atUs }: Mark): string => `${text}, ${numbers.seconds(atUs)}`;
  return placeMarks(marks, (atUs) => xOf(frame, atUs), frame.width - frame.right, tell);
}

/** What the axis of time shows of settings that cannot be run. */
const MINUTE = 60_000_000;

/** The axis of time is there for the whole run, so that it stands still; the other one grows. */
function frameFor(scene: Scene, intent: Intent | undefined, choice: ChartChoice): ChartFrame {
  const { host, width, kept } = choice;
  const views = kept === undefined ? [scene.view] : [kept, scene.view];
  const sizes = views.map((view) => {
    const census = censusToDraw(view);
    const bands = bandsAt(host, census);
    const endUs = view.result !== undefined ? 0 : (view.intent ?? intent)?.endUs;
    return {
      us: Math.max(endUs ?? MINUTE, census.at(-1)?.atUs ?? 0),
      count: census.reduce((most, row) => Math.max(most, totalOf(row, host, bands)), 0),
    };
  });
  const [us, count] = [
    Math.max(...sizes.map((one) => one.us)),
    Math.max(...sizes.map((one) => one.count)),
  ];
  const frame = chartFrame(width, us, count);
  const heads = views.map((view) => placedIn(scene, frame, marksOf({ ...scene, view })));
  return withHead(frame, heads.flat());
}

/** The last row at or before a time; the latest where none is asked for. */
export function rowAt(
  census: readonly CensusRow[],
  atUs: number | undefined,
): CensusRow | undefined {
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

/** The busiest moments, and the first failures: each goes there. */
function moments(
  { numbers }: Scene,
  found: readonly Moment[],
  { choose }: ChartChoice,
): TemplateResult | typeof nothing {
  if (found.length === 0) return nothing;
  return html`<ul class="moments" part="moments">
    ${found.map(
      ({ name, count, atUs }) => html`<li>
        <button type="button" @click=${() => choose({ lookUs: atUs })}>
          ${name} ${count === undefined ? nothing : html`<b>${numbers.whole(count)}</b> · `}
          <b>${numbers.seconds(atUs)}</b>
        </button>
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
