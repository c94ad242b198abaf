export * from "./bands.ts";
export * from "./geometry.ts";
