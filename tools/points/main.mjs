/**
 * `npm run points`: which tests show which point of what the elements promise,
 * by the numbers in their titles. Writes docs/element-points.md.
 *
 *     --check     writes nothing; exit code 1 if a point has neither a test nor
 *                 a word on what is open, a title names a point that there is
 *                 not, or the file is stale
 *     FOLDER      another folder than this repository
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readTitles } from "../conformance/titles.mjs";
import { ROOT } from "../runner/process.mjs";
import { readTree } from "../tidy/tree.mjs";
import { countLine, DOCUMENT, findProblems, writeDocument } from "./document.mjs";

const { values, positionals } = parseArgs({
  options: { check: { type: "boolean" } },
  allowPositionals: true,
});
const root = positionals[0] ?? ROOT;
const titles = readTitles(readTree(root));
const problems = findProblems(titles);
const path = join(root, DOCUMENT);
const text = writeDocument(titles);

if (values.check !== true) writeFileSync(path, text);
else if (readText() !== text) problems.push(`${DOCUMENT} is stale: npm run points`);

for (const problem of problems) console.error(problem);
console.log(`points: ${countLine(titles)}`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** What the document says now; nothing where there is none. */
function readText() {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
