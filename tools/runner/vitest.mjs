import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT, runTool } from "./process.mjs";
import { testsOf, vitestTotals } from "./totals.mjs";

/**
 * Runs Vitest and returns its totals, the tests of its report, and what to
 * install for those that were skipped for want of a tool (see
 * tools/testing/requirements.ts).
 *
 * @param {readonly string[]} args passed on, such as a filter
 * @returns {Promise<{ totals: import("./totals.mjs").Totals,
 *   tests: import("./totals.mjs").VitestTest[], hints: string[] }>}
 */
export async function runVitest(args) {
  const folder = mkdtempSync(join(tmpdir(), "synfin-test-"));
  const reportFile = join(folder, "report.json");
  const skipsFile = join(folder, "skips.txt");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
  try {
    const code = await runTool("vitest/vitest.mjs", ["run", ...reporters, ...args], {
      SYNFIN_SKIPS_FILE: skipsFile,
    });
    const report = existsSync(reportFile)
      ? JSON.parse(readFileSync(reportFile, "utf8"))
      : undefined;
    const hints = existsSync(skipsFile) ? readFileSync(skipsFile, "utf8").trim().split("\n") : [];
    const totals = vitestTotals(report, code, ROOT);
    return { totals, tests: testsOf(report), hints: [...new Set(hints)] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
