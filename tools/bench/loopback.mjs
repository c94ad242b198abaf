import { availableParallelism } from "node:os";
import { runComparator } from "./comparator.mjs";
import { C } from "./compile.mjs";

const NAME = "Linux over loopback";
const PROGRAM = { ...C, flags: [...C.flags, "-pthread"], source: "c/loopback.c" };
const MOST_PAIRS = 16;

/**
 * What the C program prints beside a figure.
 *
 * @typedef {object} LoopbackFigure
 * @property {number} closed by the server, after the client's FIN
 * @property {boolean} ownNamespace whether it ran in a network namespace of its own
 * @property {number} segmentsPerConnection seven at the most; Linux lets a FIN carry an ACK
 * @property {number} resetsSent of these, some answer a TIME-WAIT that two cores confused
 * @property {number} connectionsReset none, or the promise rejects
 */

/**
 * Linux itself, opening and closing real connections over 127.0.0.1 in a
 * network namespace of its own; on every core, with a client and a server
 * thread for each. TIME-WAIT begins but its end is not waited for. The rate
 * by the wall's clock binds, on an idle machine: `cpuSeconds` lacks what the
 * kernel does for a segment while another process has the core.
 *
 * @param {{ connections?: number, pairs?: number }
 *   & import("./comparator.mjs").ComparatorOptions} [options]
 * @returns {Promise<(import("./comparator.mjs").Figure & LoopbackFigure)
 *   | import("./comparator.mjs").SkippedFigure>}
 */
export async function loopback({
  connections = 40_000,
  pairs = Math.min(MOST_PAIRS, availableParallelism()),
  seconds = 60,
  ...options
} = {}) {
  if (process.platform !== "linux") return { name: NAME, skipped: "this is not Linux" };
  const args = [connections, pairs, seconds];
  return runComparator(NAME, PROGRAM, args, { ...options, seconds: seconds + 10 });
}
