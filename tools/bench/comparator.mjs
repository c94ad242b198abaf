import { compile, runForJson } from "./compile.mjs";

/**
 * What a comparator answers: a figure, or why it cannot be had here and which
 * command would mend that.
 *
 * @typedef {object} Figure
 * @property {string} name
 * @property {number} connections
 * @property {number} lifecyclesPerSecond by the clock on the wall
 * @property {number} seconds by the clock on the wall
 * @property {number} cpuSeconds of the processor; on a busy machine the fairer measure
 */
/** @typedef {{ name: string, skipped: string }} SkippedFigure */
/**
 * @typedef {object} ComparatorOptions
 * @property {number} [seconds] after which the program is ended, and the promise rejects
 * @property {string} [searchPath] where to look for compilers, as PATH has it
 */

/**
 * Compiles a program if need be, runs it, and hands on what it prints, which
 * is a figure and more of its own. Rejects where the program finds that not
 * every connection went through its lifecycle.
 *
 * @template More
 * @param {string} name
 * @param {import("./compile.mjs").Program} program
 * @param {readonly number[]} args
 * @param {ComparatorOptions} options
 * @returns {Promise<(Figure & More) | SkippedFigure>}
 */
export async function runComparator(name, program, args, { seconds = 600, searchPath }) {
  const ready = await compile(program, searchPath);
  if ("skipped" in ready) return { name, skipped: ready.skipped };
  const printed = await runForJson(ready.path, args, seconds);
  return /** @type {Figure & More} */ ({ name, ...printed });
}

/**
 * For `measureInTurns`: the processor's time for each lifecycle.
 *
 * @param {Figure | SkippedFigure} figure
 * @returns {import("./measure.mjs").Outcome}
 */
export function asOutcome(figure) {
  if ("skipped" in figure) return { skipped: figure.skipped };
  return { operations: figure.connections, ns: 1e9 * figure.cpuSeconds };
}
