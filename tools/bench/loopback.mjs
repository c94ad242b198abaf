import { availableParallelism } from "node:os";
import { runComparator } from "./comparator.mjs";
import { C } from "./compile.mjs";

const MANY = "Linux over loopback, many in flight";
const ONE = "Linux over loopback, one connection at a time";
const PROGRAM = { ...C, flags: [...C.flags, "-pthread"], source: "c/loopback.c" };
const MOST_PAIRS = 16;

/**
 * What the C program prints beside a figure.
 *
 * @typedef {object} LoopbackFigure
 * @property {number} closed by the server, after the client's FIN
 * @property {number} mostInFlight of all pairs, each at its fullest
 * @property {boolean} ownNamespace whether it ran in a network namespace of its own
 * @property {number} segmentsPerConnection seven at the most; Linux lets a FIN carry an ACK
 * @property {number} resetsSent of these, some answer a TIME-WAIT that two cores confused
 * @property {number} connectionsReset none, or the promise rejects
 */

/**
 * Linux itself, opening and closing real connections over 127.0.0.1 in a
 * network namespace of its own. Many are in flight, on every core, with a
 * client and a server thread for each; or one at a time, by one client that
 * waits for the server's FIN before it opens the next. TIME-WAIT begins but
 * its end is not waited for. `cpuSeconds` lacks what the kernel does for a
 * segment while another process has the core, so on a busy machine Linux
 * looks a little faster than it is.
 *
 * @param {{ connections?: number, pairs?: number, oneAtATime?: boolean }
 *   & import("./comparator.mjs").ComparatorOptions} [options]
 * @returns {Promise<(import("./comparator.mjs").Figure & LoopbackFigure)
 *   | import("./comparator.mjs").SkippedFigure>}
 */
export async function loopback({
  connections = 40_000,
  oneAtATime = false,
  pairs = oneAtATime ? 1 : Math.min(MOST_PAIRS, availableParallelism()),
  seconds = 60,
  ...options
} = {}) {
  const name = oneAtATime ? ONE : MANY;
  if (process.platform !== "linux") return { name, skipped: "this is not Linux" };
  const args = [connections, pairs, seconds, oneAtATime ? 1 : 0];
  return runComparator(name, PROGRAM, args, { ...options, seconds: seconds + 10 });
}
