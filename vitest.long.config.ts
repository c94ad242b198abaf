import { defineConfig } from "vitest/config";
import { fromSource, NOT_TESTS, testFiles } from "./vitest.shared.ts";

/**
 * The long tier, `npm run test:long`: exhaustive and large runs, each of which
 * prints what it covered. One file at a time, so that its figures mean something.
 */
export default defineConfig({
  ...fromSource,
  test: {
    name: "long",
    include: testFiles(".long.test.ts"),
    exclude: NOT_TESTS,
    testTimeout: 30 * 60_000,
    hookTimeout: 10 * 60_000,
    fileParallelism: false,
    disableConsoleIntercept: true,
  },
});
