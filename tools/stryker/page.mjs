import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../runner/process.mjs";
import { explains, GROUPS } from "./groups.mjs";
import { figuresByFile, isMissed } from "./report.mjs";
import { figuresMarkdown } from "./table.mjs";
import { SHORT } from "./test-files.mjs";

/** @typedef {import("./report.mjs").Mutant} Mutant */

export const DOCUMENT = "docs/mutation-testing.md";

/**
 * Writes the document.
 *
 * @param {readonly Mutant[]} mutants of the last results
 * @param {readonly string[]} missing the files that they know nothing of
 * @returns {Mutant[]} the survivors that no group explains
 */
export function writePage(mutants, missing) {
  const { text, unexplained } = pageOf(mutants, missing);
  writeFileSync(join(ROOT, DOCUMENT), text);
  return unexplained;
}

/**
 * @param {readonly Mutant[]} mutants
 * @param {readonly string[]} missing
 */
export function pageOf(mutants, missing) {
  const all = figuresByFile(mutants);
  const survivors = mutants.filter(isMissed);
  const groups = GROUPS.map(({ name, why }, index) => {
    const own = survivors.filter((mutant) => groupOf(mutant) === index);
    return { name, why, mutants: own };
  });
  const unexplained = survivors.filter((mutant) => groupOf(mutant) === -1);
  const lines = [
    ...HEAD,
    ...(missing.length === 0
      ? []
      : [
          `No mutants, for want of anything that Stryker changes, or not tried: ${missing.join(", ")}.`,
          "",
        ]),
    ...figuresMarkdown(all),
    "",
    "## What survives, and why",
    "",
    ...groups.filter(({ mutants }) => mutants.length > 0).flatMap(groupLines),
    ...(unexplained.length === 0 ? [] : groupLines({ ...UNEXPLAINED, mutants: unexplained })),
  ];
  return { text: lines.join("\n"), unexplained };
}

const HEAD = [
  "# Mutation testing",
  "",
  "[StrykerJS](https://stryker-mutator.io) changes the sources of `@synfin/core` in every small way that it knows, one change at a time: a comparison, a condition, the sign of a sum, a text, a whole block. Then the tests have to fail. What they do not notice survives. `npm run stryker` does it; this page is written from its results by `npm run stryker -- --page`, so do not edit it. The groups stand in `tools/stryker/groups.mjs`.",
  "",
  [
    "Nothing is left out of the sources.",
    "The tests are those of `packages/core/test`, less the million strings of the fuzzer and what measures the heap;",
    `the chaos takes ${SHORT.SYNFIN_CHAOS_STEPS} steps and each property of the codec has ${SHORT.SYNFIN_PROPERTY_RUNS} cases, of one seed, so that a run is the same every time.`,
    "A timeout counts as detected: the change made a loop that does not end.",
    "The score is the detected of all.",
  ].join(" "),
  "",
];

const UNEXPLAINED = { name: "Not explained", why: "In no group yet." };

/**
 * @param {{ name: string, why: string, mutants: readonly Mutant[] }} group
 * @returns {string[]}
 */
function groupLines({ name, why, mutants }) {
  return [`### ${name}: ${mutants.length}`, "", why, "", ...mutants.map(item), ""];
}

/** @param {Mutant} mutant */
function item({ file, line, from, to }) {
  const short = file.replace("packages/core/src/", "");
  return `- \`${short}:${line}\` ${code(from)} → ${code(to)}`;
}

/** @param {string} text */
function code(text) {
  const short = text.length <= 80 ? text : `${text.slice(0, 79)}…`;
  return short === "" ? "nothing" : `\`\` ${short} \`\``;
}

/** @param {Mutant} mutant */
function groupOf(mutant) {
  return GROUPS.findIndex((group) => explains(group, mutant));
}
