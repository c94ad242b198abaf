export { exportRun } from "./export-run.ts";
