export { hashWith, placeIn } from "./deep-link.ts";
export { exportRun } from "./export-run.ts";
export { readFile, readInline } from "./read-source.ts";
