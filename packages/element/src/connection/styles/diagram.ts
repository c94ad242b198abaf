import { type CSSResult, css } from "lit";

/** RFC 9293 Figure 5. */
export const diagram: CSSResult = css`
  .diagram {
    display: block;
    width: 100%;
    max-width: 380px;
  }

  .diagram text {
    fill: var(--_ink);
    font: 10px var(--_mono);
  }

  .diagram .taken {
    fill: var(--_background);
    font-weight: 700;
  }

  .edge,
  .way {
    fill: none;
    stroke: var(--_line);
    stroke-width: 1.3;
  }

  .way {
    stroke-width: 2.2;
  }

  .way.left {
    stroke: var(--_client);
  }

  .way.right {
    stroke: var(--_server);
  }

  .unusual {
    stroke-dasharray: 4 3;
  }

  .place {
    fill: var(--_background);
    stroke: var(--_line);
  }

  .here.left {
    fill: var(--_client);
  }

  .here.right {
    fill: var(--_server);
  }
`;
