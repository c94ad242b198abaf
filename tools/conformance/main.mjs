/**
 * `npm run conformance`: which tests show which requirement of RFC 9293, by
 * the ids in their titles. Writes docs/conformance.md.
 *
 *     --check     writes nothing; exit code 1 if something in scope has no
 *                 test, a title names what does not exist, or the file is stale
 *     --strict    as --check, and what is open counts as missing
 *     FOLDER      another folder than this repository
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../runner/process.mjs";
import { readTree } from "../tidy/tree.mjs";
import { DOCUMENT, writeDocument } from "./document.mjs";
import { buildMatrix, findProblems } from "./matrix.mjs";
import { COMPANIONS, REQUIREMENTS } from "./requirements.mjs";
import { readTitles } from "./titles.mjs";

const { values, positionals } = parseArgs({
  options: { check: { type: "boolean" }, strict: { type: "boolean" } },
  allowPositionals: true,
});
const root = positionals[0] ?? ROOT;
const titles = readTitles(readTree(root));
const rows = buildMatrix(REQUIREMENTS, titles);
const text = writeDocument(rows, COMPANIONS, titles);
const problems = findProblems(rows, COMPANIONS, titles, values.strict === true);
const path = join(root, DOCUMENT);

if (values.check !== true && values.strict !== true) writeFileSync(path, text);
else if (readText() !== text) problems.push(`${DOCUMENT} is stale: npm run conformance`);

for (const problem of problems) console.error(problem);
const count = (/** @type {string} */ status) => rows.filter((row) => row.status === status).length;
const [tested, open] = [count("tested"), count("open")];
console.log(`conformance: ${tested} tested, ${open} open, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** What the document says now; nothing where there is none. */
function readText() {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
