/**
 * `npm run bench`: what the machine costs, measured side by side in one run, as
 * a table, or with `--json` as JSON. Not a test: machines are noisy.
 */
import { LIMITS, measureSteps } from "./step.mjs";

const rows = measureSteps();
if (process.argv.includes("--json")) {
  console.log(JSON.stringify({ node: process.version, limits: LIMITS, step: rows }, undefined, 2));
} else {
  console.log(`Node ${process.version}, the best of 40 rounds each\n`);
  console.log(`${"".padEnd(55)} ${"ns".padStart(9)} ${"× row".padStart(9)}`);
  for (const { name, ns, timesRow } of rows) {
    console.log(
      `${name.padEnd(55)} ${ns.toFixed(1).padStart(9)} ${timesRow.toFixed(2).padStart(9)}`,
    );
  }
  console.log(`\nIn-order text: at most ${LIMITS.nsPerStep} ns and ${LIMITS.timesRow} × row.`);
}
