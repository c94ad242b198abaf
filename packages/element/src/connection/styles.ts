import { type CSSResult, css, unsafeCSS } from "lit";
import { drawingStyle } from "../svg/style.ts";
import { THEME, type ToneName } from "../svg/theme.ts";

/** `--synfin-ink` where the page sets it, else the theme's colour for its color-scheme. */
function tone(name: ToneName): string {
  const [light, dark] = THEME[name];
  return `var(--synfin-${name},light-dark(${light},${dark}))`;
}

const tones: CSSResult = unsafeCSS(
  `:host{${Object.keys(THEME)
    .map((name) => `--_${name}:${tone(name as ToneName)}`)
    .join(";")}}`,
);

const drawing: CSSResult = unsafeCSS(drawingStyle(".ladder", 12, (name) => `var(--_${name})`));

const layout: CSSResult = css`
  :host {
    --_mono: var(
      --synfin-mono,
      ui-monospace,
      SFMono-Regular,
      Menlo,
      Consolas,
      "Liberation Mono",
      "DejaVu Sans Mono",
      monospace
    );
    display: block;
    container-type: inline-size;
    color: var(--_ink);
    font: 14px / 1.5 var(--synfin-font, system-ui, sans-serif);
    text-align: start;
  }

  :host([hidden]) {
    display: none;
  }

  * {
    box-sizing: border-box;
  }

  .frame {
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: 12px;
    background: var(--_background);
  }

  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    padding: 10px 16px;
    background: var(--_panel);
  }

  header.bar {
    border-bottom: 1px solid var(--_line);
  }

  footer.bar {
    border-top: 1px solid var(--_line);
  }

  .grow {
    flex: 1;
  }

  .hidden {
    position: absolute;
    overflow: hidden;
    width: 1px;
    height: 1px;
    margin: -1px;
    padding: 0;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  label {
    color: var(--_soft);
    font-size: 13px;
  }

  .inline {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }

  button,
  select {
    min-height: 32px;
    max-width: 100%;
    padding: 4px 10px;
    border: 1px solid var(--_line);
    border-radius: 8px;
    background: var(--_background);
    color: var(--_ink);
    font: inherit;
    cursor: pointer;
  }

  header label:first-child {
    min-width: 0;
  }

  header label:first-child select {
    width: 100%;
    font-weight: 600;
  }

  button:hover:enabled,
  select:hover {
    border-color: var(--_soft);
  }

  button:disabled {
    color: var(--_soft);
    opacity: 0.6;
    cursor: default;
  }

  .icon {
    display: inline-grid;
    place-items: center;
    min-width: 36px;
    padding: 4px;
  }

  .icon svg {
    fill: currentColor;
  }

  .primary {
    min-width: 48px;
    border-color: var(--_ink);
    background: var(--_ink);
    color: var(--_background);
  }

  .buttons {
    display: flex;
    gap: 6px;
  }

  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  .main {
    display: grid;
    grid-template: "stage" "controls" "side" / minmax(0, 1fr);
  }

  .stage {
    grid-area: stage;
    min-width: 0;
  }

  footer.bar {
    grid-area: controls;
  }

  .side {
    grid-area: side;
    min-width: 0;
    border-top: 1px solid var(--_line);
  }

  .ends {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    padding: 10px 16px;
    border-bottom: 1px solid var(--_line);
    font: 12px / 1.5 var(--_mono);
  }

  .end {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 4px;
    min-width: 0;
  }

  .end.right {
    align-items: flex-end;
    text-align: end;
  }

  .host b {
    font-size: 13px;
  }

  .address {
    color: var(--_soft);
    overflow-wrap: anywhere;
  }

  .left b {
    color: var(--_client);
  }

  .right b {
    color: var(--_server);
  }

  .end .state {
    padding: 1px 10px;
    border: 1px solid var(--_line);
    border-radius: 99px;
    font-weight: 600;
    white-space: nowrap;
  }

  .end .opening {
    background: var(--_opening);
  }

  .end .open {
    background: var(--_open);
  }

  .end .closing {
    background: var(--_closing);
  }

  .end .waiting {
    background: var(--_waiting);
  }

  .pane {
    position: relative;
    overflow: hidden auto;
    max-height: var(--synfin-ladder-height, min(42rem, 75vh));
    scrollbar-width: thin;
  }

  .ladder {
    display: block;
    margin: 0 auto;
  }

  .compact .ladder text {
    font-size: 11px;
  }

  .ladder text {
    pointer-events: none;
  }

  .veil {
    fill: var(--_background);
    opacity: 0.62;
    pointer-events: none;
  }

  .ladder .future {
    opacity: 0.6;
  }

  .now {
    stroke: var(--_accent);
    stroke-dasharray: 3 4;
    pointer-events: none;
  }

  .dot {
    fill: var(--_accent);
    stroke: var(--_background);
    stroke-width: 2;
    pointer-events: none;
  }

  .segment {
    cursor: pointer;
    outline: none;
  }

  .hit {
    stroke: transparent;
    stroke-width: 24;
    pointer-events: stroke;
  }

  .halo {
    stroke: var(--_accent);
    stroke-width: 9;
    stroke-linecap: round;
    opacity: 0;
  }

  .selected .halo {
    opacity: 0.14;
  }

  .segment:hover .halo {
    opacity: 0.22;
  }

  .droppable:hover .halo {
    stroke: var(--_fail);
  }

  .segment:focus-visible .halo {
    stroke-width: 12;
    opacity: 0.45;
  }

  .scrub {
    position: relative;
    flex: 1 1 160px;
    min-width: 140px;
  }

  .scrub input {
    display: block;
    width: 100%;
    height: 32px;
    margin: 0;
    accent-color: var(--_accent);
    background: none;
    cursor: pointer;
  }

  .marks {
    position: absolute;
    inset: auto 8px 0;
    width: calc(100% - 16px);
    height: 6px;
    pointer-events: none;
  }

  .marks path {
    stroke: var(--_soft);
    vector-effect: non-scaling-stroke;
  }

  .time {
    min-width: 8ch;
    font: 12px var(--_mono);
    text-align: end;
  }

  .card {
    padding: 14px 16px;
  }

  .card + .card {
    border-top: 1px solid var(--_line);
  }

  p {
    margin: 0;
  }

  .heading {
    margin-bottom: 6px;
    color: var(--_soft);
    font-size: 13px;
    font-weight: 600;
  }

  .clock {
    font-weight: 400;
  }

  .narration p {
    overflow-wrap: break-word;
    word-break: keep-all;
  }

  .word {
    font: 600 0.93em var(--_mono);
  }

  .source,
  .hint {
    margin-top: 6px;
    color: var(--_soft);
    font-size: 12px;
  }

  .hint {
    margin-top: 12px;
  }

  .grid {
    display: grid;
    grid-template-columns: repeat(32, minmax(0, 1fr));
    margin: 0;
    border: solid var(--_line);
    border-width: 1px 0 0 1px;
    font: 12px / 1.3 var(--_mono);
    text-align: center;
  }

  .grid div {
    padding: 2px 0 3px;
    border: solid var(--_line);
    border-width: 0 1px 1px 0;
    overflow: hidden;
  }

  .grid .half {
    grid-column: span 16;
  }

  .grid .full {
    grid-column: span 32;
  }

  .grid .nibble {
    grid-column: span 4;
  }

  dt {
    color: var(--_soft);
    font-size: 10px;
  }

  .set {
    background: color-mix(in srgb, var(--_accent) 22%, transparent);
  }

  .set dd {
    font-weight: 700;
  }

  dd {
    margin: 0;
  }

  .hex {
    margin-top: 8px;
    color: var(--_soft);
    font: 12px / 1.5 var(--_mono);
  }

  .hex b {
    padding: 0 2px;
    border-radius: 3px;
    background: color-mix(in srgb, var(--_accent) 22%, transparent);
    color: var(--_ink);
  }

  .run {
    color: var(--_soft);
    font: 12px var(--_mono);
    overflow-wrap: anywhere;
  }

  .transcript {
    border-top: 1px solid var(--_line);
  }

  summary {
    min-height: 32px;
    padding: 8px 16px;
    color: var(--_soft);
    font-size: 13px;
    cursor: pointer;
  }

  .scroll {
    overflow: auto;
    max-height: 24rem;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font: 12px / 1.4 var(--_mono);
  }

  th,
  td {
    padding: 4px 10px;
    border-top: 1px solid var(--_line);
    text-align: start;
    white-space: nowrap;
  }

  thead th {
    color: var(--_soft);
    font-weight: 400;
  }

  tbody th {
    font-weight: 600;
  }

  tr.future {
    color: var(--_soft);
  }

  td button {
    min-height: 26px;
    padding: 1px 8px;
  }

  .error {
    padding: 16px;
    color: var(--_fail);
  }

  @container (min-width: 52rem) {
    .main {
      grid-template: "stage side" 1fr "controls controls" / minmax(0, 1fr) minmax(0, 23rem);
    }

    .side {
      border-top: 0;
      border-inline-start: 1px solid var(--_line);
    }

    .narration {
      min-height: 12.5em;
    }
  }

  @container (max-width: 30rem) {
    .bar,
    .card,
    .ends {
      padding-inline: 12px;
    }

    .ends {
      font-size: 11px;
    }

    .address {
      display: block;
    }

    header label {
      flex: 1 1 100%;
    }

    .grow {
      display: none;
    }

    .scrub {
      flex-basis: 100%;
    }
  }

  @media (forced-colors: active) {
    .segment:focus-visible .halo {
      stroke: Highlight;
    }
  }

  @media print {
    .veil,
    .now,
    .dot,
    .bar,
    .hint {
      display: none;
    }

    .ladder .future {
      opacity: 1;
    }

    .pane,
    .scroll {
      overflow: visible;
      max-height: none;
    }
  }
`;

/** The style sheets of `<tcp-connection>`. */
export const connectionStyles: CSSResult[] = [tones, drawing, layout];
