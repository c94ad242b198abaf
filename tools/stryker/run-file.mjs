import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Script } from "node:vm";
import { startTests } from "@vitest/runner";
import { getTests } from "@vitest/runner/utils";
import fc from "fast-check";
import { vitest } from "./vitest-in-process.mjs";

/** @typedef {import("@vitest/runner").Test} Test */

/**
 * How a test went; without a name, that the file could not even be loaded.
 *
 * @typedef {{ name: string | undefined, passed: boolean, ms: number, message: string }} Ran
 */

// Which mutants are found is no matter of luck, and nobody reads their counterexamples.
fc.configureGlobal({ seed: 1, endOnFailure: true });

const require = createRequire(import.meta.url);
const SHARED = new Map([["vitest", vitest]]);

/** @type {import("@vitest/runner").VitestRunnerConfig} */
const CONFIG = {
  root: process.cwd(),
  setupFiles: [],
  name: "stryker",
  passWithNoTests: true,
  testNamePattern: undefined,
  allowOnly: false,
  sequence: { seed: 1, hooks: "stack", setupFiles: "list" },
  chaiConfig: undefined,
  maxConcurrency: 1,
  testTimeout: 600_000,
  hookTimeout: 600_000,
  retry: 0,
  includeTaskLocation: false,
  tags: [],
  tagsFilter: undefined,
  strictTags: false,
};

/**
 * A test file that can be run again and again, each time from scratch: all of
 * its modules are evaluated anew.
 */
export class TestFile {
  /**
   * @param {string} file as it stands in the repository
   * @param {string} script its bundle
   */
  constructor(file, script) {
    this.file = file;
    const text = readFileSync(script, "utf8");
    const wrapped = `(function (module, exports, require) {${text}\n})`;
    this.script = new Script(wrapped, { filename: script });
  }

  /**
   * Runs the tests that are wanted, up to the first that fails if `bail`.
   *
   * @param {{
   *   wanted: (name: string) => boolean,
   *   bail: boolean,
   *   onLoaded: () => void,
   *   onTest: (name: string | undefined) => void,
   * }} how
   * @returns {Promise<Ran[]>} one for each test that ran
   */
  async run({ wanted, bail, onLoaded, onTest }) {
    let failed = false;
    const [task] = await startTests([this.file], {
      config: CONFIG,
      importFile: () => this.load(),
      onCollected: ([file]) => {
        for (const test of file === undefined ? [] : getTests(file)) select(test, wanted);
        onLoaded();
      },
      onBeforeRunTask: (test) => {
        if (bail && failed) test.mode = "skip";
        onTest(nameOf(test));
      },
      onAfterRunTask: (test) => {
        failed ||= test.result?.state === "fail";
        onTest(undefined);
      },
    });
    if (task === undefined) return [];
    const tests = getTests(task).filter(({ result }) => isOver(result?.state));
    const loadError = tests.length === 0 ? task.result?.errors?.[0] : undefined;
    if (loadError !== undefined) {
      return [{ name: undefined, passed: false, ms: 0, message: loadError.message }];
    }
    return tests.map((test) => ({
      name: nameOf(test),
      passed: test.result?.state === "pass",
      ms: test.result?.duration ?? 0,
      message: test.result?.errors?.[0]?.message ?? "",
    }));
  }

  load() {
    const module = { exports: {} };
    this.script.runInThisContext()(
      module,
      module.exports,
      (/** @type {string} */ name) => SHARED.get(name) ?? require(name),
    );
  }
}

/**
 * @param {Test} test
 * @param {(name: string) => boolean} wanted
 */
function select(test, wanted) {
  if (test.mode === "run" && !wanted(nameOf(test))) test.mode = "skip";
}

/** @param {string | undefined} state */
function isOver(state) {
  return state === "pass" || state === "fail";
}

/**
 * The names of the test and of the blocks around it.
 *
 * @param {Test} test
 * @returns {string}
 */
function nameOf(test) {
  const names = [test.name];
  for (let suite = test.suite; suite !== undefined; suite = suite.suite) names.unshift(suite.name);
  return names.join(" > ");
}
