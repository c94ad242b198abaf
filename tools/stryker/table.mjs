import { isMissed } from "./report.mjs";

/** @typedef {import("./report.mjs").Figures} Figures */
/** @typedef {import("./report.mjs").Mutant} Mutant */

/** Where the files stand that the figures are of. */
const SOURCES = "packages/core/src/";

const HEAD = ["file", "mutants", "killed", "timeout", "survived", "no coverage", "score"];

/**
 * @param {Figures} figures
 * @returns {string[]} the cells of a row
 */
function figuresRow({ file, killed, timeout, survived, noCoverage, errors, score }) {
  const all = killed + timeout + survived + noCoverage + errors;
  const counts = [all, killed, timeout, survived, noCoverage].map(String);
  return [file.replace(SOURCES, ""), ...counts, `${score.toFixed(2)} %`];
}

/**
 * A table for the terminal.
 *
 * @param {readonly Figures[]} all
 */
export function figuresTable(all) {
  const rows = [HEAD, ...all.map(figuresRow)];
  const widths = HEAD.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column === 0 ? cell.padEnd(width) : cell.padStart(width);
        })
        .join("  "),
    )
    .join("\n");
}

/**
 * The same as Markdown.
 *
 * @param {readonly Figures[]} all
 * @returns {string[]} its lines
 */
export function figuresMarkdown(all) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(" | ")} |`;
  const ruler = HEAD.map((_, column) => (column === 0 ? "---" : "---:"));
  return [HEAD, ruler, ...all.map(figuresRow)].map(line);
}

/**
 * A line for each mutant that no test noticed.
 *
 * @param {readonly Mutant[]} mutants
 * @returns {string[]}
 */
export function survivorLines(mutants) {
  return mutants.filter(isMissed).map(({ file, line, status, from, to }) => {
    const never = status === "NoCoverage" ? " (no test runs it)" : "";
    return `${file}:${line}${never}: ${shorten(from)} → ${shorten(to)}`;
  });
}

/** @param {string} text */
function shorten(text) {
  return text.length <= 70 ? text : `${text.slice(0, 69)}…`;
}
