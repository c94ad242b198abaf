import type { Band, Texture } from "./bands.ts";

/** How wide and high a tile of a texture is, in pixels. */
export const TEXTURE_SIZE = 6;

/** Hatchings that tell the states apart without colour: strokes with round ends, on one tile. */
export const TEXTURE_PATHS: Readonly<Record<Exclude<Texture, "plain">, string>> = {
  rising: "M-1 7 7 -1M-1 1 1 -1M5 7 7 5",
  falling: "M-1 -1 7 7M-1 5 1 7M5 -1 7 1",
  upright: "M3 0V6",
  level: "M0 3H6",
  crossed: "M3 0V6M0 3H6",
  posts: "M1 0V6M3 0V6",
  rungs: "M0 1H6M0 3H6",
  dotted: "M1.5 1.5h.01M4.5 4.5h.01",
};

/** The class of a texture's strokes: dots are thicker. */
export function textureClass(texture: string): "hatch" | "dot" {
  return texture === "dotted" ? "dot" : "hatch";
}

/** The patterns of all textures, for the head of a file. */
export function textureDefs(): string {
  const patterns = Object.entries(TEXTURE_PATHS).map(
    ([name, d]) =>
      `<pattern id="texture-${name}" width="${TEXTURE_SIZE}" height="${TEXTURE_SIZE}" patternUnits="userSpaceOnUse"><path d="${d}" class="${textureClass(name)}"/></pattern>`,
  );
  return `<defs>${patterns.join("")}</defs>`;
}

/** What fills a band over its colour; undefined for none. */
export function textureFill({ texture }: Band): string | undefined {
  return texture === "plain" ? undefined : `url(#texture-${texture})`;
}
