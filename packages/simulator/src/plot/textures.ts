import type { Band, Texture } from "./bands.ts";

/** Hatchings that tell the states apart without colour; the sheet styles `hatch` and `dot`. */
const SHAPES: Readonly<Record<Exclude<Texture, "plain">, string>> = {
  rising: '<path d="M-1 7 7 -1M-1 1 1 -1M5 7 7 5" class="hatch"/>',
  falling: '<path d="M-1 -1 7 7M-1 5 1 7M5 -1 7 1" class="hatch"/>',
  upright: '<path d="M3 0V6" class="hatch"/>',
  level: '<path d="M0 3H6" class="hatch"/>',
  dotted:
    '<circle cx="1.5" cy="1.5" r="0.9" class="dot"/><circle cx="4.5" cy="4.5" r="0.9" class="dot"/>',
};

/** The patterns of all textures, for the head of a file. */
export function textureDefs(): string {
  const patterns = Object.entries(SHAPES).map(
    ([name, shape]) =>
      `<pattern id="texture-${name}" width="6" height="6" patternUnits="userSpaceOnUse">${shape}</pattern>`,
  );
  return `<defs>${patterns.join("")}</defs>`;
}

/** What fills a band over its colour; undefined for none. */
export function textureFill({ texture }: Band): string | undefined {
  return texture === "plain" ? undefined : `url(#texture-${texture})`;
}
