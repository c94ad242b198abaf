import { readdirSync } from "node:fs";
import { basename, join } from "node:path";

/** Where the bundled tests stand, below the folder in which Stryker runs. */
export const FOLDER = "stryker-bundles";
export const BUNDLES = join(FOLDER, "list.json");

/**
 * Not for mutants: what runs for minutes, and what measures V8's heap, in
 * which Stryker's own counting would be seen.
 */
const LEFT_OUT = /\.(long|heap|browser)\.test\.ts$|^fuzz\.test\.ts$/;

/** What takes a second or more comes last: most mutants are dead by then. */
const LAST = ["codec.property.test.ts", "chaos.test.ts"];

/** What is random is the same for every mutant, and short: found early or hardly ever. */
export const SHORT = {
  SYNFIN_PROPERTY_RUNS: "60",
  SYNFIN_CHAOS_STEPS: "5000",
  SYNFIN_FUZZ_SEED: "1",
};

/**
 * The test files that are run against each mutant, in this order.
 *
 * @returns {string[]}
 */
export function testFiles() {
  const files = readdirSync("packages/core/test", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts") && !LEFT_OUT.test(basename(file)))
    .map((file) => join("packages/core/test", file))
    .sort();
  return files.sort((a, b) => LAST.indexOf(basename(a)) - LAST.indexOf(basename(b)));
}
