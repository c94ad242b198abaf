import { type CSSResult, css } from "lit";

/** Both ends, and the ladder with all that moves on it. */
export const stage: CSSResult = css`
  .stage {
    grid-area: stage;
    min-width: 0;
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

  /* A server draws for a width that it cannot know: until it is measured, all of it shows. */
  .pane svg[viewBox] {
    max-width: 100%;
    height: auto;
  }

  .pane {
    position: relative;
    overflow: hidden auto;
    max-height: var(--synfin-ladder-height, min(672px, 75vh));
    scrollbar-width: thin;
  }

  .ladder {
    display: grid;
    justify-content: center;
  }

  /* Each is painted by itself, in the order in which they stand. */
  .ladder svg {
    grid-area: 1 / 1;
    position: relative;
    pointer-events: none;
  }

  .compact .ladder text {
    font-size: 11px;
  }

  /* A capture does not know them. */
  .capture .pill,
  .capture .tick,
  .capture .state {
    display: none;
  }

  .veil {
    fill: var(--_background);
    opacity: 0.62;
  }

  /* Not "opacity", for which the browser would make a group of every single text. */
  .ladder .future {
    fill-opacity: 0.6;
    stroke-opacity: 0.6;
  }

  .now {
    stroke: var(--_accent);
    stroke-dasharray: 3 4;
  }

  .dot {
    fill: var(--_accent);
    stroke: var(--_background);
    stroke-width: 2;
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
`;
