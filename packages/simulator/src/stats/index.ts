export { Histogram, type HistogramJson, type HistogramResult } from "./histogram.ts";
export * from "./judge/confidence.ts";
export { erlangB } from "./judge/erlang-b.ts";
export { normalQuantile } from "./judge/normal.ts";
export * from "./judge/replicate.ts";
export { studentT } from "./judge/student-t.ts";
export { type Verdict, verdictOf } from "./judge/verdict.ts";
