import { type CSSResult, css } from "lit";

/** The list of files to save. */
export const menu: CSSResult = css`
  .menu {
    position: relative;
  }

  .menu summary {
    display: flex;
    align-items: center;
    min-height: 32px;
    padding: 4px 10px;
    border: 1px solid var(--_line);
    border-radius: 8px;
    background: var(--_background);
    color: var(--_ink);
    font-size: 14px;
    list-style: none;
  }

  .menu summary::-webkit-details-marker {
    display: none;
  }

  .menu div {
    position: absolute;
    z-index: 1;
    inset: calc(100% + 4px) 0 auto auto;
    display: grid;
    padding: 4px;
    border: 1px solid var(--_line);
    border-radius: 8px;
    background: var(--_background);
  }

  .menu button {
    border-color: transparent;
    text-align: start;
    white-space: nowrap;
  }
`;
