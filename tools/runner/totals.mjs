/**
 * What a runner found: how many tests passed and failed, and which were
 * skipped (`file > name`).
 *
 * @typedef {{ passed: number, failed: number, skipped: string[] }} Totals
 */

/**
 * The totals of one Vitest run, from its JSON report and its exit code.
 *
 * The report alone is not enough: a file that does not load, or whose hooks
 * fail, has no failed test in it, and an unhandled error fails the run without
 * failing a test. Each of these counts as one failure.
 *
 * @param {VitestReport | undefined} report undefined where Vitest wrote none
 * @param {number} exitCode
 * @param {string} root the folder that file names are shown relative to
 * @returns {Totals}
 */
export function vitestTotals(report, exitCode, root) {
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file })));
  const passed = tests.filter((test) => test.status === "passed").length;
  const failedTests = tests.filter((test) => test.status === "failed").length;
  const failed = failedTests + files.filter(isBrokenFile).length;
  const skipped = tests
    .filter((test) => test.status !== "passed" && test.status !== "failed")
    .map((test) => `${relative(test.file.name, root)} > ${test.fullName}`);
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped };
}

/**
 * The parts of Vitest's JSON report that we read.
 *
 * @typedef {{ status: string, fullName: string, title: string, ancestorTitles: string[],
 *   meta?: import("vitest").TaskMeta }} VitestTest
 * @typedef {{ name: string, status: string, assertionResults: VitestTest[] }} VitestFile
 * @typedef {{ testResults: VitestFile[] }} VitestReport
 */

/**
 * Every test of a run, file by file.
 *
 * @param {VitestReport | undefined} report
 * @returns {VitestTest[]}
 */
export function testsOf(report) {
  return (report?.testResults ?? []).flatMap((file) => file.assertionResults);
}

/** @param {VitestFile} file */
function isBrokenFile(file) {
  return file.status === "failed" && !file.assertionResults.some((t) => t.status === "failed");
}

/**
 * @param {string} file
 * @param {string} root
 */
function relative(file, root) {
  return file.startsWith(root) ? file.slice(root.length).replace(/^[\\/]/, "") : file;
}

/**
 * In CI a skipped test is a failed one: everything that tests need can be
 * installed there, so a skip would only hide that something was not checked.
 *
 * @param {Totals} totals
 * @param {boolean} inCi
 * @returns {Totals}
 */
export function countSkips(totals, inCi) {
  return inCi ? { ...totals, failed: totals.failed + totals.skipped.length } : totals;
}

/**
 * The one line that ends every run.
 *
 * @param {Totals} totals
 */
export function totalsLine(totals) {
  return `${totals.passed} passed, ${totals.failed} failed`;
}
