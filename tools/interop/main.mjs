/**
 * `npm run interop`: our stack meets Linux's in network namespaces, the waits
 * of a minute included; then a table of what was met. The last line is
 * `N passed, N failed`. It needs root and what `.ci/run` installs.
 *
 *     npm run interop -- --page   only the load simulator's, and writes docs/against-the-kernel.md
 */
import { install, requireNode } from "../runner/prepare.mjs";
import { countSkips, totalsLine } from "../runner/totals.mjs";
import { runVitest } from "../runner/vitest.mjs";
import { comparisonTable } from "./comparison-table.mjs";
import { KERNEL, writePage } from "./page.mjs";
import { meetingTable } from "./table.mjs";

requireNode();
process.exitCode = process.argv.includes("--page") ? await page() : await main();

/** @returns {Promise<number>} the exit code */
async function page() {
  if (!(await install())) return 1;
  const filters = ["--project", "interop", "tools/interop/load.test.ts"];
  const { totals, tests } = await runVitest(filters);
  console.log(`\n${comparisonTable(tests, KERNEL)}`);
  const isWritten = totals.failed === 0 && writePage(tests);
  console.log(`\ndocs/against-the-kernel.md is ${isWritten ? "written" : "as it was"}.`);
  console.log(totalsLine(totals));
  return isWritten ? 0 : 1;
}

/** @returns {Promise<number>} the exit code */
async function main() {
  if (!(await install())) return 1;
  const short = await runVitest(["--project", "interop"]);
  const long = await runVitest(["--config", "vitest.long.config.ts", "tools/interop"]);
  console.log(`\n${meetingTable([...short.tests, ...long.tests])}`);
  console.log(`\n${comparisonTable(short.tests, KERNEL)}`);
  const inCi = process.env["CI"] === "true";
  const passed = short.totals.passed + long.totals.passed;
  const failed = short.totals.failed + long.totals.failed;
  const skipped = [...short.totals.skipped, ...long.totals.skipped];
  const totals = countSkips({ passed, failed, skipped }, inCi);
  for (const name of skipped) console.log(`  skipped: ${name}`);
  console.log(`\n${totalsLine(totals)}`);
  return totals.failed === 0 ? 0 : 1;
}
