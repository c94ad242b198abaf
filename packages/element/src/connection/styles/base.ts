import { type CSSResult, css } from "lit";

/** The frame, its bars and lists, where the parts stand, and the room of those to come. */
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
    font: 14px / 1.5 var(--synfin-font, system-ui, sans-serif);
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

  .card {
    padding: 14px 16px;
  }

  .card + .card {
    border-top: 1px solid var(--_line);
  }

  p {
    margin: 0;
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

  .missing {
    padding: 10px 16px;
    border-bottom: 1px solid var(--_line);
    background: var(--_panel);
    color: var(--_soft);
    font-size: 13px;
  }

  .error {
    padding: 16px;
    color: var(--_fail);
  }
`;
