/**
 * `npm run stryker`: StrykerJS breaks the sources of `@synfin/core` in every
 * small way that it knows, one at a time, and the tests of core have to notice.
 *
 *     npm run stryker                          all of core, in some tens of minutes
 *     npm run stryker -- tcp/arrives rto.ts    the files whose path contains this
 *     npm run stryker -- --page                writes the document from the last results
 *     npm run stryker -- --help
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { requireNode } from "../runner/prepare.mjs";
import { ROOT } from "../runner/process.mjs";
import { DOCUMENT, writePage } from "./page.mjs";
import { figuresByFile, readReport, whereMissed } from "./report.mjs";
import { RESULTS, runStryker } from "./run.mjs";
import { figuresTable, survivorLines } from "./table.mjs";

const USAGE = `npm run stryker [-- PATH… OPTIONS]

  PATH              a part of a path in packages/core/src, such as wire or tcp/rto.ts;
                    every file by default
  --missed          tries only those again that no test noticed
  --force           tries again what neither its file nor its tests have changed for
  --survivors       names each mutant that no test noticed
  --at-least N      fails (exit code 1) where the score is below N %
  --concurrency N   how many processes, ${Math.min(2, availableParallelism())} by default
  --results FILE    where results are kept; reports/stryker/results.json, which git ignores,
                    by default
  --page            runs nothing, but writes ${DOCUMENT} from the results
  --help            this text

Exit codes: 0, 1 where the score is too low or a survivor is not explained, 2 for bad
usage.`;

requireNode();
process.exitCode = await main();

/** @returns {Promise<number>} the exit code */
async function main() {
  const args = readArgs();
  if (typeof args === "string") {
    console.error(args);
    return 2;
  }
  if (args.help) {
    console.log(USAGE);
    return 0;
  }
  if (args.page) return page(args.results);
  const files = filesOf(args.paths);
  if (typeof files === "string") {
    console.error(files);
    return 2;
  }
  const mutate = args.missed ? missedOf(files, args.results) : files;
  if (mutate.length > 0) await runStryker(mutate, args);
  const mutants = readReport(args.results).filter(({ file }) => files.includes(file));
  const all = figuresByFile(mutants);
  if (args.survivors) for (const line of survivorLines(mutants)) console.log(line);
  console.log(`\n${figuresTable(all)}`);
  const score = all.at(-1)?.score ?? 0;
  if (score >= args.atLeast) return 0;
  console.error(`The score is ${score.toFixed(2)} %, but it should be at least ${args.atLeast} %.`);
  return 1;
}

/**
 * @param {string} results
 * @returns {number} the exit code
 */
function page(results) {
  if (!existsSync(results)) {
    console.error(`There are no results in ${results} yet: npm run stryker`);
    return 2;
  }
  const mutants = readReport(results);
  const missing = sources().filter((file) => !mutants.some((mutant) => mutant.file === file));
  const unexplained = writePage(mutants, missing);
  console.log(`${DOCUMENT} is written.`);
  if (unexplained.length === 0) return 0;
  console.error(`${unexplained.length} survivors are in no group of tools/stryker/groups.mjs:`);
  for (const line of survivorLines(unexplained)) console.error(line);
  return 1;
}

/** What the command line asks for, or what is wrong with it. */
function readArgs() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        missed: { type: "boolean", default: false },
        force: { type: "boolean", default: false },
        survivors: { type: "boolean", default: false },
        "at-least": { type: "string", default: "0" },
        concurrency: { type: "string", default: String(Math.min(2, availableParallelism())) },
        results: { type: "string", default: RESULTS },
        page: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    const atLeast = Number(values["at-least"]);
    if (!(atLeast >= 0 && atLeast <= 100)) {
      return `--at-least is ${values["at-least"]}, but it should be a number from 0 to 100.`;
    }
    const concurrency = Number(values.concurrency);
    if (!Number.isInteger(concurrency) || concurrency < 1) {
      return `--concurrency is ${values.concurrency}, but it should be an integer from 1.`;
    }
    const { missed, force, survivors, page, help } = values;
    const results = resolve(values.results);
    const what = { paths: positionals, missed, force, survivors, page, help };
    return { ...what, atLeast, concurrency, results };
  } catch (error) {
    return `${error instanceof Error ? error.message : error}\n\n${USAGE}`;
  }
}

/**
 * @param {readonly string[]} files
 * @param {string} results
 */
function missedOf(files, results) {
  return whereMissed(results, files, (file) => readFileSync(join(ROOT, file), "utf8"));
}

/**
 * The files whose path contains one of these, or what is wrong with them.
 *
 * @param {readonly string[]} paths
 * @returns {string[] | string}
 */
function filesOf(paths) {
  const all = sources();
  const none = paths.find((path) => !all.some((file) => file.includes(path)));
  if (none !== undefined) return `${none} is in the path of no file in packages/core/src.`;
  return all.filter((file) => paths.length === 0 || paths.some((path) => file.includes(path)));
}

/** Every source file of core. */
function sources() {
  const folder = "packages/core/src";
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `${folder}/${file}`)
    .sort();
}
