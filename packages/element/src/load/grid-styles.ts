import { type CSSResult, css } from "lit";

/** The grid of connections, the choice of one, and the one that is open. */
export const gridStyles: CSSResult = css`
  .crowd {
    margin-top: 22px;
  }

  .heading .hint {
    flex: 1 1 220px;
    color: var(--_soft);
    font-size: 12px;
  }

  .cells {
    position: relative;
    width: fit-content;
    line-height: 0;
    cursor: crosshair;
    touch-action: manipulation;
  }

  .sign {
    fill: none;
    stroke: var(--_ink);
    stroke-opacity: 0.45;
    stroke-linecap: round;
    stroke-width: 1;
  }

  .sign.dot {
    stroke-opacity: 0.55;
    stroke-width: 2;
  }

  .sign.over {
    stroke: var(--_soft);
    stroke-opacity: 0.75;
    stroke-width: 1.8;
  }

  .sign.failed {
    stroke: var(--_fail);
    stroke-opacity: 1;
    stroke-width: 1.6;
  }

  .ring {
    fill: none;
    stroke: var(--_ink);
    stroke-width: 1.6;
  }

  .cells:focus-visible .ring {
    stroke: var(--_accent);
    stroke-width: 3;
  }

  .pick {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    margin-top: 10px;
  }

  .pick label {
    display: flex;
    align-items: center;
    gap: 6px;
  }

  .pick input {
    width: 9em;
  }

  .pick b {
    min-width: 11em;
    font: 600 13px var(--_mono);
  }

  .opened .bar {
    border-bottom: 1px solid var(--_line);
  }

  .opened h3 {
    color: var(--_ink);
    font-size: 14px;
    letter-spacing: 0;
    text-transform: none;
  }

  .opened tcp-connection {
    margin: 12px;
  }

  .opened progress {
    margin: 0 16px 16px;
  }

  .note {
    margin: 16px;
  }

  .opened .error {
    margin: 16px;
  }

  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  [hidden] {
    display: none !important;
  }
`;
