import { type CSSResult, unsafeCSS } from "lit";
import { THEME } from "../svg/theme.ts";

/** Each colour as `--_name`: what the page sets as `--synfin-name`, else the theme's. */
export const tones: CSSResult = unsafeCSS(
  `:host{${Object.entries(THEME)
    .map(([name, [light, dark]]) => `--_${name}:var(--synfin-${name},light-dark(${light},${dark}))`)
    .join(";")}}`,
);
