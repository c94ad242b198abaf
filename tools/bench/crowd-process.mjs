/**
 * One measurement of `steady`, in a process of its own, so that the heap of
 * one does not slow another down. Its argument is a `Job` as JSON; it prints
 * one line of JSON. It wants `--expose-gc`.
 */
import { aliveAtOnce } from "./alive.mjs";
import { countCalls } from "./count-calls.mjs";
import { profileSteady } from "./profile.mjs";
import { runSteady, warmUp } from "./steady-run.mjs";

/** So many lifecycles are timed at least; a small run is done again and again. */
const LIFECYCLES = 100_000;

/** @type {import("./crowd.mjs").Job} */
const job = JSON.parse(process.argv[2] ?? "");
const answers = { time, alive: aliveAtOnce, calls: countCalls, profile: profileSteady };
console.log(JSON.stringify(await answers[job.what](job)));

/**
 * @param {import("./crowd.mjs").Job} job
 * @returns {Omit<import("./crowd.mjs").CrowdFigure, "name">}
 */
function time({ connections, paranoid = false, warm = false }) {
  if (warm) warmUp();
  globalThis.gc?.();
  const runs = !warm ? 1 : Math.ceil(LIFECYCLES / connections);
  const startedCpu = process.cpuUsage();
  const started = process.hrtime.bigint();
  let result = runSteady(connections, { paranoid });
  for (let run = 1; run < runs; run += 1) result = runSteady(connections, { paranoid });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9 / runs;
  const { user, system } = process.cpuUsage(startedCpu);
  const cpuSeconds = (user + system) / 1e6 / runs;
  return {
    connections,
    lifecyclesPerSecond: connections / seconds,
    seconds,
    cpuSeconds,
    nsPerEvent: (1e9 * cpuSeconds) / result.events,
    events: result.events,
    arrivals: result.segments,
    bytesPerConnection: result.bytesPerConnection,
    digest: result.digest.toString(),
  };
}
