import { type CSSResult, type CSSResultGroup, css } from "lit";
import { host } from "../connection/styles/host.ts";
import { menu } from "../connection/styles/menu.ts";
import { chartStyles } from "./chart-styles.ts";
import { formStyles } from "./form-styles.ts";
import { gridStyles } from "./grid-styles.ts";
import { tones } from "./tones.ts";

const layout: CSSResult = css`
  :host {
    --_mono: var(--synfin-mono, ui-monospace, "SF Mono", Menlo, Consolas, monospace);
    font: 14px / 1.45 var(--synfin-font, system-ui, sans-serif);
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
    justify-content: space-between;
    border-bottom: 1px solid var(--_line);
  }

  /* A long line of how far the run is gives way before the buttons do. */
  header.bar .progress-text {
    flex: 1 1 14em;
    min-width: 0;
  }

  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }

  footer.bar {
    border-top: 1px solid var(--_line);
  }

  .title {
    font-size: 14px;
    font-weight: 600;
  }

  .progress-text {
    color: var(--_soft);
    font-size: 12px;
  }

  .mono {
    color: var(--_soft);
    font: 12px / 1.4 var(--_mono);
    overflow-wrap: anywhere;
  }

  input[aria-invalid="true"] {
    border-color: var(--_fail);
  }

  button {
    min-height: 32px;
    padding: 4px 12px;
    border: 1px solid var(--_line);
    border-radius: 8px;
    background: var(--_background);
    color: inherit;
    font: inherit;
    cursor: pointer;
  }

  button.primary {
    border-color: var(--_ink);
    background: var(--_ink);
    color: var(--_background);
  }

  button[aria-pressed="true"] {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }

  button:disabled {
    cursor: default;
    opacity: 0.5;
  }

  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  .main {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(250px, 30%);
  }

  .card {
    min-width: 0;
    padding: 14px 16px;
  }

  .side {
    border-left: 1px solid var(--_line);
  }

  .heading {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 6px 12px;
    min-height: 32px;
    margin-bottom: 8px;
  }

  h3 {
    margin: 0;
    color: var(--_soft);
    font-size: 12px;
    font-weight: 600;
    letter-spacing: 0.06em;
    text-transform: uppercase;
  }

  .ends {
    flex: none;
    display: flex;
    gap: 6px;
  }

  dl {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 12px 16px;
    margin: 0;
  }

  dt {
    color: var(--_soft);
    font-size: 12px;
  }

  dd {
    margin: 0;
    font: 600 18px / 1.3 var(--_mono);
    overflow-wrap: anywhere;
  }

  .wide {
    grid-column: 1 / -1;
  }

  dd.small {
    font-size: 13px;
    font-weight: 400;
  }

  dd.bad {
    color: var(--_fail);
  }

  progress {
    width: 200px;
    max-width: 100%;
    height: 8px;
    accent-color: var(--_accent);
  }

  .missing {
    margin: 0;
    padding: 10px 16px 0;
    color: var(--_soft);
    font-size: 13px;
  }

  .error {
    flex-basis: 100%;
    margin: 0;
    color: var(--_fail);
    font-size: 13px;
  }

  details:not(.menu) {
    border-top: 1px solid var(--_line);
  }

  summary {
    padding: 8px 16px;
    color: var(--_soft);
    font-size: 13px;
    cursor: pointer;
  }

  .scroll {
    max-height: 320px;
    overflow: auto;
    padding: 0 16px 12px;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font: 12px var(--_mono);
  }

  th,
  td {
    padding: 4px 0 4px 12px;
    border-top: 1px solid var(--_line);
    text-align: right;
    white-space: nowrap;
  }

  thead th {
    position: sticky;
    top: 0;
    border-top: 0;
    background: var(--_background);
  }

  .status {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @container (max-width: 700px) {
    .main {
      grid-template-columns: minmax(0, 1fr);
    }

    .side {
      border-top: 1px solid var(--_line);
      border-left: 0;
    }

    .side dl[part="figures"] {
      grid-template-columns: repeat(3, 1fr);
    }
  }

  @container (max-width: 420px) {
    .side dl[part="figures"] {
      grid-template-columns: 1fr 1fr;
    }
  }

  /* There, borders and shadows have one colour for all. */
  @media (forced-colors: active) {
    button[aria-pressed="true"] {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`;

/** What is pressed has no place on paper; last, so that nothing shows it again. */
const paper: CSSResult = css`
  @media print {
    form,
    footer.bar,
    button,
    .look,
    .menu,
    .moments,
    .pick,
    .hint,
    .ring,
    details {
      display: none;
    }
  }
`;

/**
 * Colours are custom properties that a page may set; the theme's own follow
 * `color-scheme`, so that a page's dark switch needs to do nothing more.
 *
 * @cssprop --synfin-background - The ground.
 * @cssprop --synfin-panel - The ground of the bars.
 * @cssprop --synfin-ink - Text.
 * @cssprop --synfin-soft - Quieter text.
 * @cssprop --synfin-line - Rules and borders.
 * @cssprop --synfin-accent - Progress and focus.
 * @cssprop --synfin-fail - Failures, and what is wrong in the fields.
 * @cssprop --synfin-opening - States before ESTABLISHED.
 * @cssprop --synfin-open - ESTABLISHED.
 * @cssprop --synfin-closing - States from the first FIN on.
 * @cssprop --synfin-waiting - TIME-WAIT.
 * @cssprop --synfin-font - The typeface of sentences.
 * @cssprop --synfin-mono - The typeface of numbers and names.
 *
 * @csspart frame - All of the element.
 * @csspart header - The bar with the title and how far the run is.
 * @csspart share - The button that copies a link to these settings.
 * @csspart keep - The button that keeps a run to compare with, or lets go of it.
 * @csspart export - The list of files to save.
 * @csspart scenario - The list of scenarios.
 * @csspart profile - The list of whose TCP it is.
 * @csspart run - The button that starts a run.
 * @csspart fields - The scenario's parameters.
 * @csspart story - What happens in the scenario, and what the model leaves out.
 * @csspart chart - The counts of states over virtual time.
 * @csspart kept - The chart of the run that was kept.
 * @csspart legend - The counts at the time that is looked at.
 * @csspart moments - The busiest moments, and the first failures.
 * @csspart grid - The connections one by one.
 * @csspart open - The button that opens the chosen one.
 * @csspart opened - The connection that is open.
 * @csspart back - The button that goes back to the crowd.
 * @csspart figures - What came of the connections, in numbers.
 * @csspart comparison - The table of two runs.
 * @csspart theory - What theory expects, beside what was observed.
 * @csspart more - The button for further runs.
 * @csspart spans - The table of percentiles.
 * @csspart table - The counts of states as a table.
 * @csspart footer - The bar below.
 * @csspart pause - The button that pauses a run, and resumes it.
 * @csspart cancel - The button that ends a run.
 * @csspart progress - How far the run is.
 * @csspart error - A line on what is wrong with a parameter, or why a run failed.
 */
export const loadStyles: CSSResultGroup = [
  tones,
  host,
  layout,
  formStyles,
  chartStyles,
  gridStyles,
  menu,
  paper,
];
