import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { INSTRUMENTER_CONSTANTS } from "@stryker-mutator/api/core";
import { PluginKind } from "@stryker-mutator/api/plugin";
import {
  DryRunStatus,
  determineHitLimitReached,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import { TestFile } from "./run-file.mjs";
import { BUNDLES } from "./test-files.mjs";

/** @typedef {import("@stryker-mutator/api/test-runner").MutantRunOptions} MutantRunOptions */
/** @typedef {import("@stryker-mutator/api/test-runner").MutantRunResult} MutantRunResult */
/** @typedef {import("@stryker-mutator/api/test-runner").TestResult} TestResult */
/** @typedef {import("@stryker-mutator/api/core").MutantCoverage} MutantCoverage */

/**
 * Runs Vitest's tests for Stryker in this process. Stryker's own Vitest runner
 * starts a worker for each mutant, which costs some hundred times what the
 * tests do.
 */
class InProcess {
  static inject = /** @type {const} */ ([]);

  capabilities() {
    return { reloadEnvironment: true };
  }

  constructor() {
    /** @type {TestFile[]} */
    this.files = [];
    /**
     * What Stryker's instrumented code reads and counts.
     *
     * @type {{
     *   activeMutant?: string | undefined,
     *   currentTestId?: string | undefined,
     *   hitCount?: number,
     *   hitLimit?: number | undefined,
     *   mutantCoverage?: MutantCoverage,
     * }}
     */
    this.switches = /** @type {any} */ (globalThis)[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
  }

  async init() {
    // What the tests tell of their coverage, thousands of times.
    console.log = () => {};
    /** @type {{ file: string, script: string }[]} */
    const list = JSON.parse(await readFile(BUNDLES, "utf8"));
    this.files = list.map(({ file, script }) => new TestFile(file, script));
  }

  /** Everything once, without a mutant, counting which test meets which. */
  async dryRun() {
    this.switches.activeMutant = undefined;
    this.switches.mutantCoverage = { static: {}, perTest: {} };
    const results = await this.run({ bail: false });
    const { mutantCoverage } = this.switches;
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage };
  }

  /**
   * @param {MutantRunOptions} options
   * @returns {Promise<MutantRunResult>}
   */
  async mutantRun(options) {
    const { activeMutant, testFilter, hitLimit, mutantActivation, disableBail } = options;
    this.switches.hitCount = 0;
    this.switches.hitLimit = hitLimit;
    const tests = await this.run({
      ids: testFilter,
      bail: !disableBail,
      source: options.sandboxFileName,
      before: mutantActivation === "static" ? activeMutant.id : undefined,
      after: activeMutant.id,
    });
    const timeout = determineHitLimitReached(this.switches.hitCount, hitLimit);
    return toMutantRunResult(timeout ?? { status: DryRunStatus.Complete, tests });
  }

  /**
   * @param {{
   *   ids?: string[] | undefined,
   *   bail: boolean,
   *   source?: string,
   *   before?: string | undefined,
   *   after?: string,
   * }} how which tests (all by default); the source file whose tests come first;
   *   and the mutant that is active while a file is loaded and after
   * @returns {Promise<TestResult[]>} of the tests that ran
   */
  async run({ ids, bail, source = "", before, after }) {
    const wanted = ids === undefined ? undefined : new Set(ids);
    const results = [];
    for (const file of nearestFirst(this.files, source)) {
      const idOf = (/** @type {string} */ name) => `${file.file}#${name}`;
      if (ids !== undefined && !ids.some((id) => id.startsWith(idOf("")))) continue;
      this.switches.activeMutant = before;
      const ran = await file.run({
        wanted: (name) => wanted?.has(idOf(name)) ?? true,
        bail,
        onLoaded: () => {
          this.switches.activeMutant = after;
        },
        onTest: (name) => {
          this.switches.currentTestId = name === undefined ? undefined : idOf(name);
        },
      });
      results.push(...ran.map((test) => toResult(test, file.file, ids)));
      if (bail && ran.some(({ passed }) => !passed)) break;
    }
    return results;
  }
}

/**
 * Tests mirror the source: those of the file itself are the likeliest to fail,
 * then those of its folder.
 *
 * @param {readonly TestFile[]} files
 * @param {string} source
 */
function nearestFirst(files, source) {
  const rank = (/** @type {TestFile} */ { file }) => {
    if (basename(file, ".test.ts") === basename(source, ".ts")) return 0;
    return basename(dirname(file)) === basename(dirname(source)) ? 1 : 2;
  };
  return files.toSorted((a, b) => rank(a) - rank(b));
}

/**
 * A file that cannot be loaded counts against the first of its tests.
 *
 * @param {import("./run-file.mjs").Ran} test
 * @param {string} file
 * @param {readonly string[] | undefined} ids
 * @returns {TestResult}
 */
function toResult({ name, passed, ms, message }, file, ids) {
  const own = `${file}#${name ?? ""}`;
  const id = name === undefined ? (ids?.find((one) => one.startsWith(own)) ?? own) : own;
  const base = { id, name: id, timeSpentMs: ms, fileName: file };
  if (passed) return { ...base, status: TestStatus.Success };
  return { ...base, status: TestStatus.Failed, failureMessage: message };
}

export const strykerPlugins = [
  { kind: PluginKind.TestRunner, name: "in-process", injectableClass: InProcess },
];
