export { createLoad, type LoadOptions } from "./create-load.ts";
export * from "./frame.ts";
export type * from "./run.ts";
export * from "./spec.ts";
