import { type CSSResult, css } from "lit";

/** The step in words, the header, the transcript; on a phone and on paper, too. */
export const panels: CSSResult = css`
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
    white-space: nowrap;
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

  .intro {
    margin-bottom: 8px;
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

  /* As the RFC's figure has them: each name from top to bottom over its bit. */
  .bit dt {
    width: 1ch;
    margin: 0 auto;
    line-height: 1;
    overflow-wrap: anywhere;
  }

  .set {
    background: color-mix(in srgb, var(--_accent) 22%, transparent);
  }

  .set dd {
    font-weight: 700;
  }

  .looked {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  /* Around a cell with no room to spare. */
  .bit.looked {
    outline-offset: 0;
  }

  .about {
    min-height: 3.6em;
    margin-top: 4px;
    color: var(--_soft);
    font-size: 12px;
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

  .scroll {
    overflow: auto;
    max-height: 384px;
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

  .paper {
    display: none;
  }

  tr.future {
    color: var(--_soft);
  }

  td button {
    min-height: 26px;
    padding: 1px 8px;
  }

  .main:not(:has(.stage)) .hint {
    display: none;
  }

  @container (min-width: 832px) {
    .narration {
      min-height: 12.5em;
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

  @media print {
    .hint {
      display: none;
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

    .scroll {
      overflow: visible;
      max-height: none;
    }
  }
`;
