import { ASSERTED } from "./asserted.mjs";
import { RFC_2525 } from "./rfc-2525.mjs";

/** @typedef {import("./main.mjs").Row} Row */

/**
 * docs/laws-and-mutants.md.
 *
 * @param {readonly Row[]} rows
 * @returns {string}
 */
export function documentOf(rows) {
  const seen = rows.filter(({ verdict }) => verdict === "seen");
  const unseen = rows.filter(({ verdict }) => verdict === "unseen");
  const missed = rows.filter(({ verdict }) => verdict === "missed");
  const stale = rows.filter(({ verdict }) => verdict === "STALE");
  return `${[
    "<!-- Written by `npm run mutants -- --laws`; do not edit. -->",
    "# The laws against mutants",
    "",
    "Each row is a small patch that breaks the TCP in one way, and the law of `@synfin/properties`",
    "that sees it: in which kind of run, and in how many of them (of states, for the explorer) with",
    "the seed 1. The patches stand in `tools/mutants`; those that break a numbered requirement have a",
    "test that names it and fails as well ([conformance.md](conformance.md), `npm run mutants`).",
    "",
    `**${summaryOf(rows)}**`,
    "",
    "## Seen",
    "",
    "| breaks | the mutant | the law that sees it | in | runs |",
    "|---|---|---|---|---|",
    ...seen.map(({ breaks, what, law, suite, runs }) => {
      return `| ${breaks.join(", ")} | ${what} | \`${law}\` | ${suite} | ${runs} |`;
    }),
    "",
    "## RFC 2525, Known TCP Implementation Problems",
    "",
    "| section | the problem | the mutant that has it | the law that sees it |",
    "|---|---|---|---|",
    ...RFC_2525.map(([section, problem, mutant]) => {
      const law = rows.find(({ what }) => what === mutant)?.law ?? "";
      return `| ${section} | ${problem} | ${mutant} | ${law === "" ? "none" : `\`${law}\``} |`;
    }),
    "",
    "## Each law, and the mutants it fails on",
    "",
    "Those that it sees before any other, and then, in brackets, those that another law sees first,",
    "and that it sees as well in the same run.",
    "",
    "| law | the mutants on which it fails |",
    "|---|---|",
    ...byLaw(seen).map(([law, first, also]) => {
      return `| \`${law}\` | ${[...first, ...also.map((what) => `(${what})`)].join("; ")} |`;
    }),
    "",
    ...(missed.length === 0 ? [] : missedSection(missed)),
    "## What no run can show",
    "",
    "Each has its test. `npm run mutants -- --laws --unseen` tells whether that is still so.",
    "",
    "| breaks | the mutant | why no law sees it |",
    "|---|---|---|",
    ...unseen.map(reasonRow),
    ...(stale.length === 0
      ? []
      : ["", "## STALE", "", ...stale.map(({ what, message }) => `- ${what}: ${message}`)]),
  ].join("\n")}\n`;
}

/** @param {readonly Row[]} missed */
function missedSection(missed) {
  return [
    "## Missed",
    "",
    "A law ought to see these, and in the runs that it was given none did.",
    "",
    "| breaks | the mutant | what is known |",
    "|---|---|---|",
    ...missed.map(reasonRow),
    "",
  ];
}

/** @param {Row} row */
function reasonRow({ breaks, what, reason, message }) {
  return `| ${breaks.join(", ")} | ${what} | ${reason || message || "not known yet"} |`;
}

/**
 * @param {readonly Row[]} rows
 * @returns {string}
 */
export function summaryOf(rows) {
  const count = (/** @type {Row["verdict"]} */ wanted) =>
    rows.filter(({ verdict }) => verdict === wanted).length;
  const laws = new Set(rows.filter(({ verdict }) => verdict === "seen").map(({ law }) => law));
  const stale = count("STALE") === 0 ? "" : `, ${count("STALE")} STALE`;
  const by = `${laws.size - Number(laws.has(ASSERTED))} laws and the machine's own assertions`;
  return `${rows.length} mutants: ${count("seen")} seen by ${by}, ${count("missed")} missed, ${count("unseen")} that no run can show${stale}`;
}

/**
 * @param {readonly Row[]} seen
 * @returns {readonly [law: string, first: readonly string[], also: readonly string[]][]}
 */
function byLaw(seen) {
  const laws = [...new Set(seen.flatMap(({ law, also }) => [law, ...also]))].sort();
  return laws.map((name) => [
    name,
    seen.filter(({ law }) => law === name).map(({ what }) => what),
    seen.filter(({ also }) => also.includes(name)).map(({ what }) => what),
  ]);
}
