import { type CSSResult, css } from "lit";

/** The chart, its legend, and the slider below it. */
export const chartStyles: CSSResult = css`
  .plot {
    position: relative;
  }

  .chart {
    display: block;
    max-width: 100%;
  }

  .chart text {
    fill: var(--_soft);
    font: 11px var(--_mono);
  }

  .chart .name {
    fill: var(--_ink);
    font-weight: 600;
  }

  .grid {
    stroke: var(--_line);
  }

  .now {
    stroke: var(--_accent);
    stroke-width: 1.5;
  }

  .peak {
    stroke: var(--_soft);
    stroke-dasharray: 3 4;
  }

  .mark {
    stroke: var(--_fail);
    stroke-width: 1.4;
  }

  .chart .event {
    fill: var(--_fail);
    font-weight: 600;
  }

  .chart .most,
  .chart .event {
    paint-order: stroke;
    stroke: var(--_background);
    stroke-width: 3;
    stroke-linejoin: round;
  }

  .hatch {
    fill: none;
    stroke: var(--_ink);
    stroke-opacity: 0.32;
  }

  .dot {
    stroke: var(--_ink);
    stroke-opacity: 0.36;
    stroke-width: 1.8;
    stroke-linecap: round;
  }

  .edge {
    fill: none;
    stroke: var(--_soft);
    stroke-opacity: 0.3;
  }

  .opening {
    fill: var(--_opening);
  }

  .open {
    fill: var(--_open);
  }

  .closing {
    fill: var(--_closing);
  }

  .waiting {
    fill: var(--_waiting);
  }

  .empty {
    position: absolute;
    inset: 30% 24px auto 56px;
    margin: 0;
    color: var(--_soft);
    text-align: center;
  }

  .legend,
  .signs {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 14px;
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
    font-size: 12px;
  }

  .look {
    display: grid;
    grid-template-columns: 1fr auto;
    margin: 2px 0 0;
  }

  /* The ends of the track stand under the ends of the chart. */
  .look input {
    grid-row: 1;
    grid-column: 1 / -1;
    height: 24px;
    margin: 0 4px 0 38px;
    outline-offset: -1px;
    accent-color: var(--_accent);
  }

  .look output {
    font: 12px var(--_mono);
  }

  .legend b {
    color: var(--_ink);
    font: 600 12px var(--_mono);
  }

  .legend li,
  .signs li {
    display: flex;
    align-items: center;
    gap: 5px;
    color: var(--_soft);
  }

  .swatch {
    flex: none;
  }

  .moments {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin: 10px 0 0;
    padding: 0;
    list-style: none;
  }

  .moments button {
    min-height: 26px;
    padding: 2px 8px;
    color: var(--_soft);
    font-size: 12px;
  }

  .moments b {
    color: var(--_ink);
    font: 600 12px var(--_mono);
  }

  .letter {
    display: inline-block;
    min-width: 20px;
    margin-inline-end: 4px;
    border: 1px solid var(--_line);
    border-radius: 6px;
    color: var(--_ink);
    font: 600 12px / 18px var(--_mono);
    text-align: center;
  }

  .which {
    margin: 8px 0 0;
    color: var(--_soft);
    font-size: 12px;
  }

  .compared table {
    width: auto;
    min-width: min(100%, 560px);
  }

  .compared th[scope="row"] {
    padding-inline-start: 0;
    max-width: 46ch;
    font-weight: 400;
    text-align: start;
    white-space: normal;
  }

  .compared thead td,
  .compared thead th:first-child {
    border: 0;
  }

  .compared .scroll {
    max-height: none;
    padding-inline: 0;
  }
`;
