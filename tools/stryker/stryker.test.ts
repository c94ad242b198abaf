import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { pageOf } from "./page.mjs";
import { figuresByFile, readReport } from "./report.mjs";
import { figuresTable, survivorLines } from "./table.mjs";

const SOURCE = "export const ahead =\n  here < there;\n";
const FILE = "packages/core/src/tcp/made-up.ts";

/** A report of Stryker's on two lines, with mutants that ended like this. */
function report(...statuses: string[]) {
  const mutants = statuses.map((status, index) => ({
    id: String(index),
    mutatorName: "EqualityOperator",
    replacement: "here <= there",
    status,
    location: { start: { line: 2, column: 3 }, end: { line: 2, column: 15 } },
  }));
  const folder = mkdtempSync(join(tmpdir(), "synfin-stryker-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "results.json");
  writeFileSync(path, JSON.stringify({ files: { [FILE]: { source: SOURCE, mutants } } }));
  return readReport(path);
}

test("a mutant is told by what it changes into what", () => {
  expect(survivorLines(report("Survived", "Killed", "NoCoverage"))).toEqual([
    `${FILE}:2: here < there → here <= there`,
    `${FILE}:2 (no test runs it): here < there → here <= there`,
  ]);
});

test("the score is what was detected, timeouts too, of what could be tried", () => {
  const ended = ["Killed", "Killed", "Timeout", "Survived", "NoCoverage", "RuntimeError"];
  expect(figuresByFile(report(...ended)).map(({ score }) => score)).toEqual([60, 60]);
  expect(figuresTable(figuresByFile(report(...ended)))).toBe(
    [
      "file            mutants  killed  timeout  survived  no coverage    score",
      "tcp/made-up.ts        6       2        1         1            1  60.00 %",
      "all of them           6       2        1         1            1  60.00 %",
    ].join("\n"),
  );
});

test("the page has the figures, and says of which survivor nobody has said why", () => {
  const { text, unexplained } = pageOf(report("Killed", "Survived"), ["packages/core/src/x.ts"]);
  expect(text).toContain("| tcp/made-up.ts | 2 | 1 | 0 | 1 | 0 | 50.00 % |");
  expect(text).toContain("or not tried: packages/core/src/x.ts.");
  expect(text).toContain("- `tcp/made-up.ts:2` `` here < there `` → `` here <= there ``");
  expect(unexplained).toHaveLength(1);
});
