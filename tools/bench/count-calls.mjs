/**
 * How often a run calls the machine, counted by the JavaScript engine itself
 * and not by the simulator, which might be wrong about it. In what Node's users
 * get, functions are inlined and their calls gone; so this is the same run from
 * the modules that it was made of, and must have the same digest.
 */
import { Session } from "node:inspector/promises";
import { runSteady } from "./steady-run.mjs";

/** RFC 9293's SEGMENT ARRIVES (§3.10.7), by who has the segment: a TCB, a listener, nobody. */
const ARRIVES = ["segmentArrives", "listenSegmentArrives", "closedSegmentArrives"];

const MODULES = new URL("../../packages/simulator/dist/bulk/index.js", import.meta.url).href;

/**
 * @param {{ connections: number }} job
 * @returns {Promise<import("./crowd.mjs").Calls>}
 */
export async function countCalls({ connections }) {
  const engine = /** @type {import("./steady-run.mjs").Engine} */ (await import(MODULES));
  const built = runSteady(connections).digest.toString();
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  const { segments, digest } = runSteady(connections, { engine });
  const { result } = await session.post("Profiler.takePreciseCoverage");
  session.disconnect();
  const functions = result
    .filter(({ url }) => url.includes("/core/dist/"))
    .flatMap((script) => script.functions);
  const calls = ARRIVES.map((name) => [name, countOf(functions, name)]);
  const digests = { built, modules: digest.toString() };
  return { connections, arrivals: segments, calls: Object.fromEntries(calls), digests };
}

/**
 * @param {readonly import("node:inspector").Profiler.FunctionCoverage[]} functions
 * @param {string} name
 */
function countOf(functions, name) {
  return functions
    .filter(({ functionName }) => functionName === name)
    .reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0);
}
