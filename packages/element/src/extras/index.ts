export { hashWith, placeIn } from "./deep-link.ts";
export { exportRun } from "./export-run.ts";
