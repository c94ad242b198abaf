import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { fromSource, NOT_TESTS, testFiles } from "./vitest.shared.ts";

const browserFiles = testFiles(".browser.test.ts");
/** Tests that time what a page or a worker does, or weigh the heap: nothing runs beside them. */
const timedFiles = [
  "packages/core/test/**/*.heap.test.ts",
  "packages/element/test/load/{crowd,tcp-load}.browser.test.ts",
  "packages/worker/test/*.browser.test.ts",
  "tools/bench/*.browser.test.ts",
];
const longFiles = testFiles(".long.test.ts");
const interopFiles = ["tools/interop/*.test.ts"];

/**
 * The short tier. Tests named `*.browser.test.ts` drive a real Chromium from
 * Node, after the rest; those that measure time run one file at a time, so that
 * two browsers never fight over the cores. The long tier is `vitest.long.config.ts`.
 */
export default defineConfig({
  ...fromSource,
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          include: testFiles(".test.ts"),
          exclude: [...NOT_TESTS, ...browserFiles, ...longFiles, ...interopFiles, ...timedFiles],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // By default one core is left free: half of a machine with two.
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: browserFiles,
          exclude: [...NOT_TESTS, ...timedFiles],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // A page is waited for more than it is at work.
          maxWorkers: availableParallelism() + 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "timed",
          include: timedFiles,
          exclude: NOT_TESTS,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: "interop",
          include: interopFiles,
          exclude: [...NOT_TESTS, ...longFiles],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          maxWorkers: 1,
          // A kernel in real time on a busy machine: what is late is not wrong.
          expect: { poll: { timeout: 15_000 } },
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
