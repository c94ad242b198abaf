import { type CSSResult, css } from "lit";

/** What changes with the element's width, with forced colours, and on paper. */
export const surroundings: CSSResult = css`
  .main:not(:has(.stage)) .side {
    border-top: 0;
  }

  @container (min-width: 832px) {
    .main:has(.stage):has(.side) {
      grid-template: "stage side" auto "controls side" 1fr / minmax(0, 1fr) minmax(0, 368px);
    }

    .main:not(:has(.stage)) .side {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(320px, 1fr));
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
  }

  @container (max-width: 480px) {
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
    .bar {
      display: none;
    }

    .ladder .future {
      fill-opacity: 1;
      stroke-opacity: 1;
    }

    .pane {
      overflow: visible;
      max-height: none;
    }
  }
`;
