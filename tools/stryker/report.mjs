import { readFileSync } from "node:fs";

/** The statuses that count: Stryker's score is what was detected of all that could be tried. */
const DETECTED = new Set(["Killed", "Timeout"]);
const MISSED = new Set(["Survived", "NoCoverage"]);

/**
 * One mutant of Stryker's report, with the text that it changes.
 *
 * @typedef {{
 *   file: string,
 *   line: number,
 *   mutator: string,
 *   status: string,
 *   from: string,
 *   to: string,
 *   code: string,
 * }} Mutant `code` is the whole line, `from` what `to` takes the place of
 */

/**
 * How many mutants of a file ended in which way, and the share that was detected.
 *
 * @typedef {{
 *   file: string,
 *   killed: number,
 *   timeout: number,
 *   survived: number,
 *   noCoverage: number,
 *   errors: number,
 *   score: number,
 * }} Figures
 */

/**
 * The mutants of a report of Stryker's, in the order of the sources.
 *
 * @param {string} path of the JSON
 * @returns {Mutant[]}
 */
export function readReport(path) {
  /** @type {import("@stryker-mutator/api/core").schema.MutationTestResult} */
  const report = JSON.parse(readFileSync(path, "utf8"));
  return Object.entries(report.files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([file, { source, mutants }]) => {
      const lines = source.split("\n");
      return mutants
        .map((mutant) => ({
          file,
          line: mutant.location.start.line,
          mutator: mutant.mutatorName,
          status: mutant.status,
          from: squeeze(cut(lines, mutant.location)),
          to: squeeze(mutant.replacement ?? ""),
          code: (lines[mutant.location.start.line - 1] ?? "").trim(),
        }))
        .sort((a, b) => a.line - b.line);
    });
}

/**
 * Where the mutants stand that no test noticed, as Stryker wants to be told;
 * the whole file where it has changed since, or was never tried.
 *
 * @param {string} path of the JSON
 * @param {readonly string[]} files which of them
 * @param {(file: string) => string} textOf what stands in one now
 * @returns {string[]}
 */
export function whereMissed(path, files, textOf) {
  /** @type {import("@stryker-mutator/api/core").schema.MutationTestResult} */
  const report = JSON.parse(readFileSync(path, "utf8"));
  return files.flatMap((file) => {
    const known = report.files[file];
    if (known === undefined || known.source !== textOf(file)) return [file];
    return known.mutants.filter(isMissed).map(({ location: { start, end } }) => {
      // Stryker's reports count columns from 1, its options from 0.
      const [from, to] = [start.column - 1, end.column - 1];
      return `${file}:${start.line}:${from}-${end.line}:${to}`;
    });
  });
}

/** @param {{ status: string }} mutant */
export function isMissed({ status }) {
  return MISSED.has(status);
}

/**
 * @param {readonly Mutant[]} mutants
 * @param {string} file what the figures are called
 * @returns {Figures}
 */
function figuresOf(mutants, file) {
  const count = (/** @type {string} */ status) =>
    mutants.filter((mutant) => mutant.status === status).length;
  const detected = mutants.filter(({ status }) => DETECTED.has(status)).length;
  const missed = mutants.filter(isMissed).length;
  return {
    file,
    killed: count("Killed"),
    timeout: count("Timeout"),
    survived: count("Survived"),
    noCoverage: count("NoCoverage"),
    errors: mutants.length - detected - missed,
    score: detected + missed === 0 ? 100 : (100 * detected) / (detected + missed),
  };
}

/**
 * The figures of each file, and those of all of them last.
 *
 * @param {readonly Mutant[]} mutants
 * @returns {Figures[]}
 */
export function figuresByFile(mutants) {
  const files = [...new Set(mutants.map(({ file }) => file))];
  const each = files.map((file) =>
    figuresOf(
      mutants.filter((mutant) => mutant.file === file),
      file,
    ),
  );
  return [...each, figuresOf(mutants, "all of them")];
}

/**
 * @param {readonly string[]} lines
 * @param {{ start: { line: number, column: number }, end: { line: number, column: number } }} where
 */
function cut(lines, { start, end }) {
  const within = lines.slice(start.line - 1, end.line);
  const last = within.length - 1;
  return within
    .map((line, index) =>
      line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined),
    )
    .join("\n");
}

/** @param {string} text */
function squeeze(text) {
  return text.replace(/\s+/g, " ").trim();
}
