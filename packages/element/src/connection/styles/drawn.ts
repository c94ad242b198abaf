import { THEME, type ToneName } from "@synfin/simulator/view";
import { type CSSResult, unsafeCSS } from "lit";
import { drawingStyle } from "../../svg/style.ts";

/** `--synfin-ink` where the page sets it, else the theme's colour for its color-scheme. */
function tone(name: ToneName): string {
  const [light, dark] = THEME[name];
  return `var(--synfin-${name},light-dark(${light},${dark}))`;
}

const tones: string = Object.keys(THEME)
  .map((name) => `--_${name}:${tone(name as ToneName)}`)
  .join(";");

const drawing: string = drawingStyle(".ladder", 12, (name) => `var(--_${name})`);

/** The colours, and how shapes look: as text where this is built into one file. */
export const drawn: CSSResult = unsafeCSS(`:host{${tones}}\n${drawing}`);
