import { THEME } from "@synfin/simulator/view";
import { type CSSResult, unsafeCSS } from "lit";

/** Each colour as `--_name`: what the page sets as `--synfin-name`, else the theme's. */
export const tones: CSSResult = unsafeCSS(
  `:host{${Object.entries(THEME)
    .map(([name, [light, dark]]) => `--_${name}:var(--synfin-${name},light-dark(${light},${dark}))`)
    .join(";")}}`,
);
