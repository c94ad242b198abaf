import { THEME, type ToneName } from "@synfin/simulator/view";
import { type CSSResult, unsafeCSS } from "lit";
import { drawingStyle } from "../../svg/style.ts";
import { base } from "./base.ts";
import { diagram } from "./diagram.ts";
import { menu } from "./menu.ts";
import { panels } from "./panels.ts";
import { stage } from "./stage.ts";
import { surroundings } from "./surroundings.ts";

/** `--synfin-ink` where the page sets it, else the theme's colour for its color-scheme. */
function tone(name: ToneName): string {
  const [light, dark] = THEME[name];
  return `var(--synfin-${name},light-dark(${light},${dark}))`;
}

const tones: CSSResult = unsafeCSS(
  `:host{${Object.keys(THEME)
    .map((name) => `--_${name}:${tone(name as ToneName)}`)
    .join(";")}}`,
);

const drawing: CSSResult = unsafeCSS(drawingStyle(".ladder", 12, (name) => `var(--_${name})`));

/** The style sheets of `<tcp-connection>`; later ones may change what earlier ones say. */
export const connectionStyles: CSSResult[] = [
  tones,
  drawing,
  base,
  stage,
  panels,
  menu,
  diagram,
  surroundings,
];
