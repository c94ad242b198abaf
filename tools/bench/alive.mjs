/**
 * Memory: so many connections ESTABLISHED at both ends at once. They are held
 * for longer than it takes to open them all; the run stops as soon as they are.
 */
import { STEADY } from "./steady.mjs";
import { steadyRun } from "./steady-run.mjs";

/** Small, to stop before the first of few connections is closed again. */
const SLICE = 100;
const SECOND_US = 1_000_000;

/** The hold is at most an hour, which at this workload's rate is enough for 10⁸. */
const SPARE_US = 10 * SECOND_US;

/**
 * Memory is measured and not time, so nothing is warmed up: what an earlier
 * run had left behind would count for less than it took.
 *
 * @param {{ connections: number }} job
 * @returns {Omit<import("./crowd.mjs").AliveFigure, "name">}
 */
export function aliveAtOnce({ connections }) {
  const openingUs = Math.ceil((connections / STEADY.ratePerSecond) * SECOND_US);
  const held = { ...STEADY, holdUs: Math.ceil(1.25 * openingUs) + SPARE_US };
  globalThis.gc?.();
  const rssBefore = process.memoryUsage().rss;
  const run = steadyRun(connections, { workload: held });
  while (aliveNow(run) < connections) {
    if (run.advance(SLICE)) throw new Error(`never were ${connections} connections alive at once`);
  }
  const { rss } = process.memoryUsage();
  const { peakBytes, bytesPerConnection } = run.result();
  return {
    connections,
    alive: aliveNow(run),
    arrayBytes: peakBytes,
    bytesPerConnection,
    rssBytes: rss,
    rssBytesPerConnection: (rss - rssBefore) / connections,
  };
}

/** @param {ReturnType<typeof steadyRun>} run */
function aliveNow(run) {
  return run.census.rows.at(-1)?.alive ?? 0;
}
