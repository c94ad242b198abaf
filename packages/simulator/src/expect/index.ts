export { type Evaluation, evaluateExpectation, type Finding } from "./evaluate.ts";
export * from "./expectation.ts";
export type * from "./metric.ts";
export { parseExpectation } from "./parse-expectation.ts";
export { readValue } from "./read-value.ts";
export { resultLookup } from "./result-lookup.ts";
export { readQuantity } from "./units.ts";
