import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readTitles } from "../conformance/titles.mjs";
import { readTree } from "../tidy/tree.mjs";
import { copyTree } from "./copy.mjs";
import { mutate } from "./mutant.mjs";

/** @typedef {import("./mutant.mjs").Mutant} Mutant */

/**
 * "caught": every requirement that the mutant breaks has a test that names it
 * and failed. `detail` says what is wrong otherwise.
 *
 * @typedef {{ mutant: Mutant, verdict: "caught" | "SURVIVES" | "STALE", seconds: number,
 *   detail: string }} Result
 */

/**
 * Tries each mutant in a copy of `root`, `workers` at a time.
 *
 * @param {string} root
 * @param {readonly Mutant[]} mutants
 * @param {number} workers
 * @param {(result: Result) => void} report called with each result as it comes
 * @returns {Promise<Result[]>}
 */
export async function runMutants(root, mutants, workers, report) {
  const titles = readTitles(readTree(root));
  const waiting = [...mutants];
  /** @type {Result[]} */
  const results = [];
  const work = async () => {
    const folder = copyTree(root);
    try {
      for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
        const result = await tryMutant(folder, mutant, titles);
        results.push(result);
        report(result);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return results;
}

/**
 * @param {string} folder
 * @param {Mutant} mutant
 * @param {readonly import("../conformance/titles.mjs").Title[]} titles
 * @returns {Promise<Result>}
 */
async function tryMutant(folder, mutant, titles) {
  const started = Date.now();
  const result = (/** @type {Result["verdict"]} */ verdict, detail = "") => {
    return { mutant, verdict, seconds: (Date.now() - started) / 1000, detail };
  };
  const mutated = mutate(folder, mutant);
  if ("problem" in mutated) return result("STALE", mutated.problem);
  const path = join(folder, mutant.file);
  const original = readFileSync(path, "utf8");
  writeFileSync(path, mutated.text);
  try {
    const named = nameOf(mutant.breaks);
    const files = titles.filter(({ title }) => named.test(title)).map(({ file }) => file);
    const failed = await failedTests(folder, [...new Set(files)].filter(isQuick), named);
    const missed = mutant.breaks.filter((id) => !failed.some((name) => nameOf([id]).test(name)));
    if (missed.length === 0) return result("caught");
    return result("SURVIVES", `no test that names ${missed.join(" or ")} fails`);
  } finally {
    writeFileSync(path, original);
  }
}

/** Real browsers, kernels and long runs are not needed to see one function fail. */
function isQuick(/** @type {string} */ file) {
  return !/\.(browser|long)\.test\.ts$|^tools\/interop\//.test(file);
}

/** Titles that name one of these requirements. @param {readonly string[]} ids */
function nameOf(ids) {
  return new RegExp(`\\b(${ids.join("|")})(?!\\d)`);
}

/**
 * The full names of the tests that fail, of those in these files whose name
 * matches. A file that cannot even be loaded fails no test.
 *
 * @param {string} folder
 * @param {readonly string[]} files
 * @param {RegExp} named
 * @returns {Promise<string[]>}
 */
async function failedTests(folder, files, named) {
  const report = join(folder, "report.json");
  rmSync(report, { force: true });
  const vitest = join(folder, "node_modules/vitest/vitest.mjs");
  const output = ["--reporter=json", `--outputFile=${report}`];
  // One thread is quicker than a process for each file, and there may be other workers.
  const one = ["--pool=threads", "--maxWorkers=1"];
  const args = [vitest, "run", "--project", "node", ...one, ...output, "-t", named.source];
  await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args, ...files], { cwd: folder, stdio: "ignore" });
    child.once("error", reject);
    child.once("exit", resolve);
  });
  /** @type {{ testResults: { assertionResults: { status: string, fullName: string }[] }[] }} */
  const { testResults } = JSON.parse(readFileSync(report, "utf8"));
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === "failed")
    .map(({ fullName }) => fullName);
}
