import { type CSSResult, css } from "lit";

/** The frame, its bars, buttons and lists, and where the parts stand. */
export const base: CSSResult = css`
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
    flex: 0 1 16rem;
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
    margin-inline-end: auto;
  }

  label + .buttons {
    margin-inline-end: 0;
  }

  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  .main {
    display: grid;
    grid-template: "stage" "controls" "side" / minmax(0, 1fr);
  }

  footer.bar {
    grid-area: controls;
  }

  .side {
    grid-area: side;
    min-width: 0;
    border-top: 1px solid var(--_line);
  }

  /* The time beside it, and no more: the buttons have a line of their own. */
  .scrub {
    position: relative;
    flex: 1 1 calc(100% - 7rem);
    min-width: 0;
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
`;
