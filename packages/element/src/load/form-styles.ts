import { type CSSResult, css } from "lit";

/** The form, the story below it, and theory beside the run. */
export const formStyles: CSSResult = css`
  form {
    display: grid;
    gap: 14px;
    padding: 14px 16px;
    margin: 0;
  }

  .choices {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 10px 14px;
  }

  .choices .scenario {
    flex: 1 1 220px;
  }

  .choices .profile {
    flex: 0 1 200px;
  }

  label {
    color: var(--_soft);
    font-size: 12px;
  }

  .number input,
  .pick input,
  select {
    min-height: 32px;
    padding: 4px 8px;
    border: 1px solid var(--_line);
    border-radius: 8px;
    background: var(--_background);
    color: var(--_ink);
    font: 600 14px var(--_mono);
  }

  select {
    display: block;
    width: 100%;
    font: inherit;
    font-size: 14px;
  }

  .choices select {
    margin-top: 3px;
  }

  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
    gap: 14px 16px;
  }

  .field {
    min-width: 0;
  }

  .field label {
    display: block;
    margin-bottom: 3px;
    color: var(--_ink);
    font: 600 12px var(--_mono);
  }

  .number {
    display: flex;
    align-items: center;
    gap: 6px;
  }

  .number input {
    flex: 1;
    min-width: 0;
    width: 0;
  }

  .unit {
    flex: none;
    color: var(--_soft);
    font: 12px var(--_mono);
  }

  .doc {
    margin: 4px 0 0;
    color: var(--_soft);
    font-size: 12px;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }

  code {
    font: 0.92em var(--_mono);
  }

  .story {
    padding: 12px 16px;
    border-top: 1px solid var(--_line);
    border-bottom: 1px solid var(--_line);
    font-size: 13px;
  }

  .story p {
    max-width: 88ch;
    margin: 0;
  }

  .story details {
    border: 0;
  }

  .story summary {
    padding: 6px 0 0;
    min-height: 26px;
    font-size: 12px;
  }

  .story details p {
    margin-top: 4px;
    color: var(--_soft);
  }

  .theory {
    border-top: 1px solid var(--_line);
  }

  .theory ul {
    display: grid;
    gap: 12px;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: 13px;
  }

  .theory p {
    margin: 0 0 2px;
  }

  .theory dl {
    gap: 2px 16px;
  }

  .theory dd {
    font-size: 14px;
  }

  .theory .seen {
    color: var(--_accent);
  }

  .verdict {
    display: block;
    font: 12px var(--synfin-font, system-ui, sans-serif);
  }

  .verdict.bad {
    color: var(--_fail);
  }

  @container (max-width: 420px) {
    .fields {
      grid-template-columns: 1fr 1fr;
      gap: 12px;
    }
  }
`;
