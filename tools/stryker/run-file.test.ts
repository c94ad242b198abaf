import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";

const MODULE = new URL("run-file.mjs", import.meta.url).href;

const TESTS = `
  const { describe, expect, test } = require("vitest");
  let loaded = 0;
  loaded += 1;
  describe("numbers", () => {
    test.each([[1], [2]])("%i is 1", (n) => expect(n).toBe(1));
    test("are numbers", async () => expect({ n: 1 }).toMatchObject({ n: expect.any(Number) }));
  });
  test("is loaded anew each time", () => expect(loaded).toBe(1));
`;

/** How the tests of a script went, run twice by a process of its own: Vitest runs us here. */
function runTwice(script: string, how: string): string[][] {
  const folder = mkdtempSync(join(tmpdir(), "synfin-run-file-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "bundle.cjs");
  writeFileSync(path, script);
  const program = `
    import { TestFile } from ${JSON.stringify(MODULE)};
    const file = new TestFile("made-up.test.ts", ${JSON.stringify(path)});
    const how = { wanted: () => true, bail: false, onLoaded() {}, onTest() {}, ...${how} };
    const line = ({ name, passed, message }) =>
      [passed ? "passed" : "FAILED", name ?? "to load", message.split("\\n")[0]].join(": ");
    const runs = [(await file.run(how)).map(line), (await file.run(how)).map(line)];
    process.stdout.write(JSON.stringify(runs));`;
  const args = ["--input-type=module", "--eval", program];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
}

describe("a test file that runs in Stryker's process", () => {
  const ONE = "passed: numbers > 1 is 1: ";
  const TWO = "FAILED: numbers > 2 is 1: expected 2 to be 1 // Object.is equality";
  const REST = ["passed: numbers > are numbers: ", "passed: is loaded anew each time: "];

  test("tells how each of its tests went, the second time as well", () => {
    const run = [ONE, TWO, ...REST];
    expect(runTwice(TESTS, "{}")).toEqual([run, run]);
  });

  test("stops at the first that fails where that is enough", () => {
    expect(runTwice(TESTS, "{ bail: true }")).toEqual([
      [ONE, TWO],
      [ONE, TWO],
    ]);
  });

  test("runs what is wanted, and nothing else", () => {
    const how = `{ wanted: (name) => name === "numbers > 1 is 1" }`;
    expect(runTwice(TESTS, how)).toEqual([[ONE], [ONE]]);
  });

  test("fails as a whole where it cannot be loaded: that is noticed, too", () => {
    const run = ["FAILED: to load: the table is broken"];
    expect(runTwice(`throw new Error("the table is broken");`, "{}")).toEqual([run, run]);
  });
});
