import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { type Requirement, requireThat } from "../../../../tools/testing/requirements.ts";

/** Letters have to look the same everywhere: these, as Debian has them, and no other. */
const FILES = {
  "/sans.ttf": "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
  "/sans-bold.ttf": "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
  "/mono.ttf": "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
  "/mono-bold.ttf": "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf",
} as const;
const HANGUL = "Noto Sans CJK KR";

/** For `describe.skipIf(fonts.missing)`. */
export const fonts: Requirement = requireThat(
  Object.values(FILES).every((path) => existsSync(path)) && hasFamily(HANGUL),
  "the fonts of the goldens are not installed; get them with: apt-get install fontconfig fonts-dejavu-core fonts-noto-cjk",
);

function hasFamily(family: string): boolean {
  return spawnSync("fc-list", [family], { encoding: "utf8" }).stdout?.trim().length > 0;
}

/** The fonts as pages of a server. */
export function fontPages(): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries(FILES).map(([path, file]) => [path, readFileSync(file)]),
  );
}

/** SFMono-Regular is among the names that the drawings ask for, ui-monospace is no name. */
const face = (family: string, weight: string, path: string): string =>
  `@font-face { font-family: "${family}"; font-weight: ${weight}; src: url("${path}") }`;

/** A style sheet that gives an element these fonts and no other. */
export const FONT_STYLE: string = [
  ...["Golden Mono", "SFMono-Regular"].flatMap((family) => [
    face(family, "100 500", "/mono.ttf"),
    face(family, "600 900", "/mono-bold.ttf"),
  ]),
  face("Golden Sans", "100 500", "/sans.ttf"),
  face("Golden Sans", "600 900", "/sans-bold.ttf"),
  `:root { --synfin-font: "Golden Sans", "${HANGUL}"; --synfin-mono: "Golden Mono", "${HANGUL}" }`,
].join("\n");
