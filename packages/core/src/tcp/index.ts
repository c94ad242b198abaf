export * from "./flags.ts";
export * from "./segment.ts";
export * from "./seq.ts";
export * from "./state.ts";
