/**
 * The simulator's `steady`, of the machine as it is built, on the workload that
 * everything is compared on. It is the same code in Node and in a browser's worker.
 */
import * as built from "@synfin/simulator/bulk";
import { STEADY } from "./steady.mjs";

/** So many events are let happen at a time; a worker would look at its mail in between. */
const SLICE = 1_000_000;

/** Enough for the compiler to have seen every step many times. */
const WARM_UP = { runs: 3, connections: 20_000 };

/** @typedef {import("./steady.mjs").Workload} Workload */
/** @typedef {Pick<typeof built, "BulkRun" | "checkSettings" | "findBulkScenario">} Engine */
/**
 * @typedef {object} RunOptions
 * @property {Workload} [workload]
 * @property {boolean} [paranoid] every segment through the codec and back
 * @property {Engine} [engine] the one that Node's users get, by default
 */

/**
 * A run that has not begun yet.
 *
 * @param {number} connections
 * @param {RunOptions} [options]
 */
export function steadyRun(connections, options = {}) {
  const { workload = STEADY, paranoid = false, engine = built } = options;
  const scenario = engine.findBulkScenario("steady");
  if (scenario === undefined) throw new Error("there is no scenario steady");
  const { ratePerSecond: rate, holdUs: hold, delayUs: delay, twoMslUs } = workload;
  const values = { connections, rate, hold, delay };
  const settings = engine.checkSettings(scenario, { values, params: { mslUs: twoMslUs / 2 } });
  if (!settings.ok) throw new Error(settings.message);
  const plan = scenario.plan(settings.value);
  return new engine.BulkRun(plan, { scenario: "steady", seed: 1, paranoid });
}

/**
 * Runs it to its end, and makes sure that every connection came to its own.
 *
 * @param {number} connections
 * @param {RunOptions} [options]
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
