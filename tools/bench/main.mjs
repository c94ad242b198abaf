/**
 * `npm run bench`: ratios, measured side by side in one run, as a table, or
 * with `--json` as JSON. Not a test: machines are noisy.
 */
import { measureSteps } from "./step.mjs";

const rows = measureSteps();
if (process.argv.includes("--json")) {
  console.log(JSON.stringify({ node: process.version, step: rows }, undefined, 2));
} else {
  console.log(`Node ${process.version}, the best of 15 rounds each\n`);
  for (const { name, nsPerStep, timesBaseline } of rows) {
    const ns = `${nsPerStep.toFixed(1)} ns/step`;
    console.log(`${name.padEnd(52)} ${ns.padStart(14)} ${timesBaseline.toFixed(2).padStart(7)} ×`);
  }
}
