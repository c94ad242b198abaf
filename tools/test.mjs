/**
 * `npm test`: on any clone, fresh or not, installs what is missing, builds,
 * and runs every test; the last line is `N passed, N failed`.
 *
 *     npm test -- packages/core     only the files whose path contains this
 *     npm test -- -t "four-way"     only the tests whose name matches
 *     npm run test:long             the long tier instead
 */
import { comparisonTable } from "./interop/comparison-table.mjs";
import { KERNEL } from "./interop/page.mjs";
import { meetingTable } from "./interop/table.mjs";
import { build, install, requireNode } from "./runner/prepare.mjs";
import { countSkips, totalsLine } from "./runner/totals.mjs";
import { runVitest } from "./runner/vitest.mjs";

requireNode();
process.exitCode = await main(process.argv.slice(2));

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
async function main(args) {
  const long = args.includes("--long");
  const filters = args.filter((arg) => arg !== "--long");
  if (!(await install())) return finish({ passed: 0, failed: 1, skipped: [] }, "npm ci failed.");
  if (!(await build())) return finish({ passed: 0, failed: 1, skipped: [] }, "The build failed.");
  const config = long ? ["--config", "vitest.long.config.ts"] : [];
  const { totals, tests, hints } = await runVitest([...config, ...filters]);
  for (const table of [meetingTable(tests), comparisonTable(tests, KERNEL)]) {
    if (table !== "") console.log(`\n${table}`);
  }
  const byName = filters.some((arg) => /^(-t|--testNamePattern)/.test(arg));
  // Filtered by name, every other test counts as skipped in Vitest's report: not news.
  if (byName) return finish({ ...totals, skipped: [] }, "");
  reportSkips(totals.skipped, hints);
  return finish(countSkips(totals, process.env["CI"] === "true"), "");
}

/**
 * @param {readonly string[]} skipped
 * @param {readonly string[]} hints
 */
function reportSkips(skipped, hints) {
  if (skipped.length === 0) return;
  console.log(`\n${skipped.length} TESTS WERE SKIPPED, so what they check was not checked here:`);
  for (const name of skipped) console.log(`  skipped: ${name}`);
  for (const hint of hints) console.log(`  ${hint}`);
  if (process.env["CI"] === "true") console.log("  CI=true: each of them counts as failed.");
}

/**
 * @param {import("./runner/totals.mjs").Totals} totals
 * @param {string} why printed first where it is not empty
 */
function finish(totals, why) {
  const nothing = totals.passed + totals.failed === 0;
  const said = nothing ? "No test ran: the filter matches none." : why;
  if (said !== "") console.error(said);
  console.log(`\n${totalsLine(totals)}`);
  return totals.failed === 0 && !nothing ? 0 : 1;
}
