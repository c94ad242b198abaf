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

  @container (max-width: 33.5rem) {
    header.bar:empty {
      min-height: 93px;
    }
  }

  @container (max-width: 39rem) {
    header.bar:empty:not(:lang(ko)) {
      min-height: 93px;
    }
  }

  @container (max-width: 39.1rem) {
    :host([link]) header.bar:empty {
      min-height: 93px;
    }
  }

  @container (max-width: 45.3rem) {
    :host([link]) header.bar:empty:not(:lang(ko)) {
      min-height: 93px;
    }
  }

  @container (max-width: 23.4rem) {
    :host([link]) header.bar:empty:not(:lang(ko)) {
      min-height: 133px;
    }
  }

  @container (max-width: 34.6rem) {
    footer.bar:empty {
      min-height: 133px;
    }
  }

  @container (min-width: 52rem) and (max-width: 57.7rem) {
    .main:has(.side) > footer.bar:empty {
      min-height: 134px;
    }
  }
`;
