import { type CSSResult, css } from "lit";

/** What changes with the element's width, with forced colours, and on paper. */
export const surroundings: CSSResult = css`
  .main:not(:has(.stage)) .side {
    border-top: 0;
  }

  .main:not(:has(.stage)) .hint {
    display: none;
  }

  @container (min-width: 52rem) {
    .main:has(.stage):has(.side) {
      grid-template: "stage side" auto "controls side" 1fr / minmax(0, 1fr) minmax(0, 23rem);
    }

    .main:not(:has(.stage)) .side {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr));
    }

    .main:not(:has(.stage)) .card {
      border-top: 0;
    }

    /* Below the ladder and not below the text: buttons that move are hard to press. */
    footer.bar {
      align-self: start;
      border-bottom: 1px solid var(--_line);
    }

    .stage ~ .side {
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

    header label:first-child {
      flex: 1 1 100%;
    }

    header .inline {
      flex: 1;
    }

    .grow {
      display: none;
    }
  }

  /* A finger needs more room than a bit has in the figure: rows of their own. */
  @media (pointer: coarse) {
    .grid .bit {
      grid-column: span 3;
      padding-block: 8px;
    }

    .grid .bit dt {
      width: auto;
    }

    .grid [data-field="urgent"] {
      grid-column: span 32;
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
      fill-opacity: 1;
      stroke-opacity: 1;
    }

    /* On paper nobody unfolds it, nor drops a segment. */
    .transcript::details-content {
      content-visibility: visible;
    }

    .transcript summary,
    .screen,
    tr > :last-child {
      display: none;
    }

    .paper {
      display: inline;
    }

    tr.future {
      color: inherit;
    }

    th,
    td {
      padding: 3px 6px;
      color: inherit;
      white-space: normal;
    }

    .pane,
    .scroll {
      overflow: visible;
      max-height: none;
    }
  }
`;
