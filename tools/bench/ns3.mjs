import { runComparator } from "./comparator.mjs";
import { STEADY, steadyArguments } from "./steady.mjs";

/** Debian's libraries; their pkg-config files ask for development files of others. */
const PROGRAM = {
  source: "ns3/steady.cc",
  compilers: ["c++", "g++", "clang++"],
  flags: ["-std=c++17", "-O2"],
  libraries: ["internet", "point-to-point", "network", "core"].map((name) => `-lns3-${name}`),
  header: "ns3/core-module.h",
  debian: "g++ libns3-dev",
};

/**
 * What the program prints beside a figure.
 *
 * @typedef {object} Ns3Figure
 * @property {number} timeWaits clients that have been in TIME-WAIT: all, or the promise rejects
 * @property {number} events of ns-3's own scheduler
 */

/**
 * ns-3 with the same work: its own TCP at both ends of a point-to-point link.
 * Its time for each connection grows with their number.
 *
 * @param {{ connections?: number, workload?: import("./steady.mjs").Workload }
 *   & import("./comparator.mjs").ComparatorOptions} [options]
 * @returns {Promise<(import("./comparator.mjs").Figure & Ns3Figure)
 *   | import("./comparator.mjs").SkippedFigure>}
 */
export function ns3({ connections = 5000, workload = STEADY, ...options } = {}) {
  return runComparator("ns-3", PROGRAM, steadyArguments(connections, workload), options);
}
