/** Our own `steady`, measured in processes of their own. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runForJson } from "./compile.mjs";

const PROCESS = join(dirname(fileURLToPath(import.meta.url)), "crowd-process.mjs");
const NAME = "synfin";

/** 10⁷ connections take minutes. */
const SECONDS = 3600;

/**
 * @typedef {object} Job
 * @property {"time" | "alive" | "calls" | "profile"} what
 * @property {number} connections
 * @property {boolean} [paranoid] every segment through the codec and back
 * @property {boolean} [warm] whether the compiler gets to know the code before time is taken
 */
/**
 * What one run of `steady` took, and what came of it.
 *
 * @typedef {object} CrowdMore
 * @property {number} nsPerEvent by the processor's time
 * @property {number} events that did something; dead timers are not among them
 * @property {number} arrivals segments that met the machine
 * @property {number} bytesPerConnection both ends, timers and demultiplexing, when most were held
 * @property {string} digest
 */
/** @typedef {import("./comparator.mjs").Figure & CrowdMore} CrowdFigure */
/**
 * @typedef {object} AliveFigure
 * @property {string} name
 * @property {number} connections
 * @property {number} alive ESTABLISHED at both ends at once
 * @property {number} arrayBytes of all typed arrays of all cells
 * @property {number} bytesPerConnection of these
 * @property {number} rssBytes the whole process, Node itself and garbage included
 * @property {number} rssBytesPerConnection by how much the process grew
 */
/**
 * @typedef {object} Calls
 * @property {number} connections
 * @property {number} arrivals segments that met the machine, by the simulator's own count
 * @property {Record<string, number>} calls
 * @property {{ built: string, modules: string }} digests of the same run
 */
/**
 * Times it.
 *
 * @param {number} connections
 * @param {{ paranoid?: boolean, warm?: boolean }} [options]
 */
export async function crowd(connections, options = {}) {
  return /** @type {CrowdFigure} */ (await ask({ what: "time", connections, ...options }));
}

/** Weighs it. @param {number} connections */
export async function alive(connections) {
  return /** @type {AliveFigure} */ (await ask({ what: "alive", connections }));
}

/** Counts its calls of the machine. @param {number} connections */
export async function calls(connections) {
  return /** @type {Calls} */ (await ask({ what: "calls", connections }));
}

/**
 * Looks where its time goes.
 *
 * @param {number} connections
 * @param {{ warm?: boolean }} [options]
 */
export async function profile(connections, options = {}) {
  const answer = await ask({ what: "profile", connections, ...options });
  return /** @type {import("./profile.mjs").Profile} */ (answer);
}

/**
 * @param {Job} job
 * @returns {Promise<unknown>}
 */
async function ask(job) {
  const args = ["--expose-gc", PROCESS, JSON.stringify(job)];
  return { name: NAME, ...(await runForJson(process.execPath, args, SECONDS)) };
}
