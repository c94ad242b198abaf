/**
 * The simulator's `steady`, of the machine as it is built, on the workload that
 * everything is compared on. It is the same code in Node and in a browser's worker.
 */
import { BulkRun, checkSettings, findBulkScenario } from "@synfin/simulator/bulk";
import { STEADY } from "./steady.mjs";

/** So many events are let happen at a time; a worker would look at its mail in between. */
const SLICE = 1_000_000;

/** Enough for the compiler to have seen every step many times. */
const WARM_UP = { runs: 3, connections: 20_000 };

/** @typedef {import("./steady.mjs").Workload} Workload */

/**
 * A run that has not begun yet.
 *
 * @param {number} connections
 * @param {{ workload?: Workload, paranoid?: boolean }} [options]
 */
export function steadyRun(connections, { workload = STEADY, paranoid = false } = {}) {
  const scenario = findBulkScenario("steady");
  if (scenario === undefined) throw new Error("there is no scenario steady");
  const { ratePerSecond: rate, holdUs: hold, delayUs: delay, twoMslUs } = workload;
  const values = { connections, rate, hold, delay };
  const settings = checkSettings(scenario, { values, params: { mslUs: twoMslUs / 2 } });
  if (!settings.ok) throw new Error(settings.message);
  return new BulkRun(scenario.plan(settings.value), { scenario: "steady", seed: 1, paranoid });
}

/**
 * Runs it to its end, and makes sure that every connection came to its own.
 *
 * @param {number} connections
 * @param {{ workload?: Workload, paranoid?: boolean }} [options]
 */
export function runSteady(connections, options) {
  const run = steadyRun(connections, options);
  while (!run.advance(SLICE)) {
    // Each turn is a slice of the run.
  }
  const result = run.result();
  if (result.connections.closed === connections) return result;
  throw new Error(`${result.connections.closed} of ${connections} connections have been closed`);
}

/** Lets the compiler get to know the code, before anything is timed. */
export function warmUp() {
  for (let run = 0; run < WARM_UP.runs; run += 1) runSteady(WARM_UP.connections);
}
