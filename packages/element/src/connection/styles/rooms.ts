import { type CSSResult, css } from "lit";

/**
 * The room of what comes after the first frame, so that nothing moves then: a bar is as high
 * as the lines that it will have at this width, in this language.
 */
export const rooms: CSSResult = css`
  header.bar:empty {
    min-height: 53px;
  }

  footer.bar:empty {
    min-height: 93px;
  }

  .card:empty {
    min-height: 270px;
  }

  .transcript:empty {
    min-height: 37px;
  }

  @container (max-width: 536px) {
    header.bar:empty {
      min-height: 93px;
    }
  }

  @container (max-width: 624px) {
    header.bar:empty:not(:lang(ko)) {
      min-height: 93px;
    }
  }

  @container (max-width: 625px) {
    :host([link]) header.bar:empty {
      min-height: 93px;
    }
  }

  @container (max-width: 724px) {
    :host([link]) header.bar:empty:not(:lang(ko)) {
      min-height: 93px;
    }
  }

  @container (max-width: 374px) {
    :host([link]) header.bar:empty:not(:lang(ko)) {
      min-height: 133px;
    }
  }

  @container (max-width: 553px) {
    footer.bar:empty {
      min-height: 133px;
    }
  }

  @container (min-width: 832px) and (max-width: 923px) {
    .main:has(.side) > footer.bar:empty {
      min-height: 134px;
    }
  }
`;
