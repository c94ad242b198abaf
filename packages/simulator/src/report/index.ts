export { censusCsv } from "./census-csv.ts";
export { type Field, formatCsv } from "./format-csv.ts";
export * from "./report.ts";
export { busiestOf, type HostCensus } from "./report-census.ts";
