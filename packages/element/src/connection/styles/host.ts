import { type CSSResult, css } from "lit";

/**
 * What either element is in a page, whatever that does to the text around it: as wide as its
 * place, readable where the place takes its width from what it holds, and from left to right
 * like its languages. What the page put between the tags keeps the page's own direction.
 */
export const host: CSSResult = css`
  :host {
    display: block;
    container-type: inline-size;
    contain-intrinsic-inline-size: 288px;
    color: var(--_ink);
    text-align: start;
    text-indent: 0;
    text-transform: none;
    letter-spacing: normal;
    white-space: normal;
  }

  :host([hidden]) {
    display: none;
  }

  * {
    box-sizing: border-box;
  }

  .frame > :not(slot) {
    direction: ltr;
  }
`;
