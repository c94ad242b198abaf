import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { Stryker } from "@stryker-mutator/core";
import { copyTree } from "../mutants/copy.mjs";
import { ROOT } from "../runner/process.mjs";
import { SHORT } from "./test-files.mjs";

/** The results of all files, of whichever run each of them was last in; ignored by git. */
export const RESULTS = join(ROOT, "reports/stryker/results.json");

/**
 * Mutates these files in a copy of the repository, one change at a time, and
 * looks whether the tests notice.
 *
 * @param {readonly string[]} mutate globs, or `file:line:column-line:column`
 * @param {{ concurrency: number, force: boolean, results: string }} how the
 *   results of this run go to those of others, and save it what they know already
 */
export async function runStryker(mutate, { concurrency, force, results }) {
  mkdirSync(dirname(results), { recursive: true });
  const folder = copyTree(ROOT);
  process.chdir(folder);
  Object.assign(process.env, SHORT);
  try {
    const stryker = new Stryker({
      mutate: [...mutate],
      inPlace: true,
      buildCommand: "node tools/stryker/bundle.mjs",
      testRunner: "in-process",
      plugins: [join(folder, "tools/stryker/test-runner.mjs")],
      coverageAnalysis: "perTest",
      concurrency,
      // A machine that is busy with something else must not turn survivors into timeouts.
      timeoutMS: 20_000,
      timeoutFactor: 4,
      incremental: true,
      incrementalFile: results,
      force,
      reporters: ["progress-append-only"],
      tsconfigFile: "none",
      thresholds: { high: 100, low: 0, break: null },
    });
    return await stryker.runMutationTest();
  } finally {
    process.chdir(ROOT);
    rmSync(folder, { recursive: true, force: true });
  }
}
