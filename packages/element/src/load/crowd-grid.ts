import { STATE_NAMES } from "@synfin/core/tcp";
import { type CensusRow, ROLL } from "@synfin/simulator/bulk";
import type { Band } from "@synfin/simulator/plot";
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Intent } from "./intent.ts";
import { lastOf } from "./last-of.ts";
import type { Scene } from "./panels.ts";
import {
  cellAt,
  cellOf,
  codesAt,
  gridFrame,
  type Ink,
  inksOf,
  numberAt,
  type Sheet,
  type Sign,
  signAt,
} from "./roll-grid.ts";

/** What a reader does with the grid. */
export interface GridChoice {
  readonly host: number;
  readonly hosts: number;
  readonly width: number;
  /** The connection that is chosen, by its number. */
  readonly nth: number;
  /** The moment that is shown. */
  readonly row: CensusRow | undefined;
  readonly bands: readonly Band[];
  readonly choose: (nth: number) => void;
  readonly open: (nth: number) => void;
}

/** As many as a roll has, where nobody knows how many there will be. */
const ROOM = 2000;

const sheetOf: (
  roll: CensusRow["roll"],
  host: number,
  hosts: number,
  every: number,
  width: number,
  count: number,
) => Sheet = lastOf((roll, host, hosts, every, width, count) => ({
  frame: gridFrame(width, count),
  codes: roll === undefined ? new Uint8Array() : codesAt(roll, host, hosts, every),
  every,
}));

const inksFor: (sheet: Sheet, bands: readonly Band[]) => readonly Ink[] = lastOf(inksOf);

/** Every connection as a cell, or every n-th: which one to open is its reader's choice. */
export function crowdGrid(
  scene: Scene,
  intent: Intent | undefined,
  choice: GridChoice,
): TemplateResult {
  const { words, numbers } = scene;
  const sheet = sheetFor(scene, intent, choice);
  const { every } = sheet;
  return html`<div class="heading crowd">
      <h3>${words.grid}</h3>
      <span class="hint" id="grid-hint">${words.gridHint}</span>
    </div>
    ${cells(scene, sheet, choice)}
    <ul class="signs">
      <li>${words.everyNth(every, numbers.whole(every))}</li>
      <li>${signSwatch("over")} ${words.over}</li>
      <li>${signSwatch("failed")} ${words.failedCell}</li>
    </ul>
    ${picker(scene, sheet, choice)}`;
}

function sheetFor(
  { view }: Scene,
  intent: Intent | undefined,
  { row, host, hosts, width }: GridChoice,
): Sheet {
  const roll = view.now?.roll;
  const wanted = (view.intent ?? intent)?.connections ?? ROOM;
  const every = roll?.every ?? Math.ceil(wanted / ROOM);
  const used = roll === undefined ? 0 : roll.codes.length / hosts;
  const isOver = view.result !== undefined;
  const count = isOver ? used : Math.max(used, Math.min(ROOM, Math.ceil(wanted / every)));
  return sheetOf(row?.roll, host, hosts, every, width, Math.max(1, count));
}

function cells(scene: Scene, sheet: Sheet, choice: GridChoice): TemplateResult {
  const { columns, rows, pitch } = sheet.frame;
  const cell = cellOf(sheet, choice.nth);
  const at = (event: MouseEvent): number | undefined => {
    const box = (event.currentTarget as Element).querySelector("svg")?.getBoundingClientRect();
    return box && cellAt(sheet, event.clientX - box.left, event.clientY - box.top);
  };
  const over = (event: MouseEvent): void => {
    const found = at(event);
    if (found !== undefined && found !== cell) choice.choose(numberAt(sheet, found));
  };
  const press = (event: MouseEvent): void => {
    const found = at(event);
    if (found !== undefined) choice.open(numberAt(sheet, found));
  };
  return html`<div
    class="cells"
    part="grid"
    role="grid"
    tabindex="0"
    aria-label=${scene.words.grid}
    aria-describedby="grid-hint"
    aria-rowcount=${rows}
    aria-colcount=${columns}
    aria-activedescendant="cell"
    @pointermove=${over}
    @click=${press}
    @keydown=${(event: KeyboardEvent) => onKey(event, sheet, choice)}
  >
    <svg width=${columns * pitch} height=${rows * pitch} aria-hidden="true">
      ${inksFor(sheet, choice.bands).map((ink) => inked(ink, choice.bands))} ${ring(sheet, cell)}
    </svg>
    <div role="row" class="hidden" aria-rowindex=${1 + (Math.max(0, cell) % rows)}>
      <span role="gridcell" id="cell" aria-colindex=${1 + Math.floor(Math.max(0, cell) / rows)}
        >${scene.words.cell(scene.numbers.whole(choice.nth), nameOf(scene, sheet, cell))}</span
      >
    </div>
  </div>`;
}

function inked({ code, cells: d, signs }: Ink, bands: readonly Band[]): SVGTemplateResult {
  const band = bands.find(({ state }) => state === code);
  const look = lookOf(code, band);
  return svg`<path class="band ${band?.group ?? ""}" data-code=${code} d=${d}></path>
    <path class=${look} d=${signs}></path>`;
}

function lookOf(code: number, band: Band | undefined): string {
  if (code === ROLL.FAILED) return "sign failed";
  if (code === ROLL.CLOSED) return "sign over";
  return band?.texture === "dotted" ? "sign dot" : "sign";
}

function ring({ frame }: Sheet, cell: number): SVGTemplateResult | typeof nothing {
  if (cell < 0) return nothing;
  const { rows, pitch } = frame;
  const [x, y] = [Math.floor(cell / rows) * pitch, (cell % rows) * pitch];
  return svg`<rect class="ring" x=${x} y=${y} width=${pitch} height=${pitch} rx="2"></rect>`;
}

function signSwatch(sign: Sign): TemplateResult {
  return html`<svg class="swatch" width="12" height="12" aria-hidden="true">
    ${svg`<path class="sign ${sign}" d=${signAt(2, 2, 8, sign)}></path>`}
  </svg>`;
}

/** What a cell stands for, in words: colour and sign say the same. */
function nameOf({ words }: Scene, { codes }: Sheet, cell: number): string {
  const code = codes[cell];
  if (cell < 0) return words.notInGrid;
  if (code === undefined || code === ROLL.NONE) return words.notHere;
  if (code === ROLL.CLOSED) return words.over;
  return code === ROLL.FAILED ? words.failedCell : (STATE_NAMES[code] ?? "");
}

/** A connection by its number, whether the grid has it or not, and the button that opens it. */
function picker(scene: Scene, sheet: Sheet, { nth, choose, open }: GridChoice): TemplateResult {
  const { words } = scene;
  const typed = (event: Event): void => {
    const wanted = (event.target as HTMLInputElement).valueAsNumber;
    if (Number.isInteger(wanted) && wanted > 0) choose(wanted);
  };
  const onEnter = (event: KeyboardEvent): void => {
    if (event.key === "Enter") open(nth);
  };
  const isIdle = scene.view.intent === undefined;
  return html`<div class="pick">
    <label
      >${words.connectionNumber}
      <input type="number" min="1" step="1" .value=${live(String(nth))} @input=${typed} @keydown=${onEnter}
    /></label>
    <b>${isIdle ? nothing : nameOf(scene, sheet, cellOf(sheet, nth))}</b>
    <button type="button" part="open" ?disabled=${isIdle} @click=${() => open(nth)}>
      ${words.open}
    </button>
  </div>`;
}

function onKey(event: KeyboardEvent, sheet: Sheet, { nth, choose, open }: GridChoice): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" || event.key === " ") open(nth);
  else {
    const last = sheet.codes.length - 1;
    const cell = Math.max(0, Math.floor((nth - 1) / sheet.every));
    const next = moved(event.key, cell, sheet.frame.rows, last);
    if (next === undefined) return;
    choose(numberAt(sheet, Math.min(Math.max(0, last), Math.max(0, next))));
  }
  event.preventDefault();
}

function moved(key: string, cell: number, rows: number, last: number): number | undefined {
  if (key === "ArrowDown") return cell + 1;
  if (key === "ArrowUp") return cell - 1;
  // Beyond the last column there is nothing; it stays in its row.
  if (key === "ArrowRight") return cell + rows > last ? cell : cell + rows;
  if (key === "ArrowLeft") return cell < rows ? cell : cell - rows;
  if (key === "Home") return 0;
  return key === "End" ? last : undefined;
}
