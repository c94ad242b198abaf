/**
 * Where the time of `steady` goes: the JavaScript engine's own samples, by the
 * function that was at work.
 */
import { Session } from "node:inspector/promises";
import { basename } from "node:path";
import { runSteady, warmUp } from "./steady-run.mjs";

const SAMPLE_US = 200;

/**
 * @typedef {object} Place
 * @property {string} name of a function, or in parentheses what else the engine did
 * @property {string} where file and line
 * @property {number} ns of the processor, its own, in each lifecycle
 * @property {number} share of all samples
 */
/**
 * @typedef {object} Profile
 * @property {number} connections
 * @property {number} nsPerLifecycle of the processor, by all of it
 * @property {number} samples
 * @property {readonly Place[]} places the costliest first
 */

/**
 * Samples are counted and the processor's time is shared out among them: on a
 * busy machine the distance between two of them says nothing.
 *
 * @param {{ connections: number, warm?: boolean }} job
 * @returns {Promise<Profile>} the costliest places first
 */
export async function profileSteady({ connections, warm = false }) {
  if (warm) warmUp();
  globalThis.gc?.();
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: SAMPLE_US });
  await session.post("Profiler.start");
  const started = process.cpuUsage();
  runSteady(connections);
  const { user, system } = process.cpuUsage(started);
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  return summarize(profile, connections, (1000 * (user + system)) / connections);
}

/**
 * @param {import("node:inspector").Profiler.Profile} profile
 * @param {number} connections
 * @param {number} nsPerLifecycle
 * @returns {Profile}
 */
export function summarize({ nodes }, connections, nsPerLifecycle) {
  /** @type {Map<string, Place & { hits: number }>} */
  const places = new Map();
  let samples = 0;
  for (const { callFrame, hitCount = 0 } of nodes) {
    const { functionName, url, lineNumber } = callFrame;
    if (hitCount === 0 || functionName === "(idle)") continue;
    samples += hitCount;
    const where = url === "" ? "" : `${basename(url)}:${lineNumber + 1}`;
    const name = functionName === "" ? "(anonymous)" : functionName;
    const place = places.get(`${name} ${where}`) ?? { name, where, ns: 0, share: 0, hits: 0 };
    place.hits += hitCount;
    places.set(`${name} ${where}`, place);
  }
  const sorted = [...places.values()].sort((a, b) => b.hits - a.hits);
  return {
    connections,
    nsPerLifecycle,
    samples,
    places: sorted.map(({ name, where, hits }) => {
      return { name, where, ns: (nsPerLifecycle * hits) / samples, share: hits / samples };
    }),
  };
}
