import { runComparator } from "./comparator.mjs";
import { C } from "./compile.mjs";
import { STEADY, steadyArguments } from "./steady.mjs";

const PROGRAM = { ...C, source: "c/event-loop.c" };

/**
 * What the C program prints beside a figure.
 *
 * @typedef {object} EventLoopFigure
 * @property {number} nsPerEvent by the clock on the wall
 * @property {number} events fifteen for each lifecycle
 * @property {number} arrivals segments that arrived, seven for each lifecycle
 * @property {number} bytesPerConnection of the largest cell's rows, rings and port tables
 * @property {string} digest the same for the same connections and workload, in cells or not
 */

/**
 * The limit: the simulator's event loop in C (`c/event-loop.c` says what it
 * leaves out). With `perCell`, the connections are divided into independent
 * cells of so many, which run one after another.
 *
 * @param {{ connections: number, perCell?: number, workload?: import("./steady.mjs").Workload }
 *   & import("./comparator.mjs").ComparatorOptions} options
 * @returns {Promise<(import("./comparator.mjs").Figure & EventLoopFigure)
 *   | import("./comparator.mjs").SkippedFigure>}
 */
export function eventLoop({ connections, perCell, workload = STEADY, ...options }) {
  const args = steadyArguments(connections, workload);
  if (perCell !== undefined) args.push(perCell);
  return runComparator("the same event loop in C", PROGRAM, args, options);
}
