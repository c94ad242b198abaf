export * from "../text-ladder/text-ladder.ts";
export * from "./duration.ts";
export * from "./endpoint.ts";
export * from "./history.ts";
export * from "./moments.ts";
export * from "./nearest.ts";
export * from "./relative.ts";
