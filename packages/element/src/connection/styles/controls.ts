import { type CSSResult, css } from "lit";
import { menu } from "./menu.ts";

const bars: CSSResult = css`
  .grow {
    flex: 1;
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

  header label:first-child {
    flex: 9 1 256px;
    min-width: 0;
    max-width: 380px;
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

  /* The time beside it, and no more: the buttons have a line of their own. */
  .scrub {
    position: relative;
    flex: 1 1 calc(100% - 112px);
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

  @container (max-width: 480px) {
    header label:first-child {
      flex: 1 1 100%;
      max-width: none;
    }

    header .inline {
      flex: 1;
    }

    .grow {
      display: none;
    }
  }
`;

/** What stands in the bars above and below the ladder. */
export const controlStyles: readonly CSSResult[] = [bars, menu];
