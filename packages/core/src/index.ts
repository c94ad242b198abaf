export * from "./tcp/index.ts";
export * from "./wire/index.ts";
