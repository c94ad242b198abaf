import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, runNpm, runTool } from "./process.mjs";

/** @typedef {import("./process.mjs").Output} Output */

/**
 * Makes a fresh clone, or one whose lockfile has moved on, ready to work:
 * installs what is missing. Says in one line what it does and why.
 *
 * @param {Output} [output]
 * @returns {Promise<boolean>} whether all is in place
 */
export async function install(output = {}) {
  const reason = whyInstall(ROOT);
  if (reason === "") return true;
  say(`Installing the dependencies with npm ci: ${reason}.`, output);
  return (await runNpm(["ci", "--no-audit", "--no-fund"], output)) === 0;
}

/**
 * Why `npm ci` has to run in a folder, or an empty string. It compares what
 * npm recorded as installed with the lockfile, entry by entry: file times lie
 * after a checkout.
 *
 * @param {string} root
 */
export function whyInstall(root) {
  const recorded = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(recorded)) return "node_modules is not there yet";
  const wanted = lockedPackages(join(root, "package-lock.json"));
  const installed = lockedPackages(recorded);
  const stale = Object.keys(wanted).find((name) => isStale(name, wanted[name], installed[name]));
  return stale === undefined ? "" : `${stale} is not as package-lock.json wants it`;
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean }} Locked
 * @param {string} name
 * @param {Locked | undefined} wanted
 * @param {Locked | undefined} installed
 */
function isStale(name, wanted, installed) {
  if (!name.startsWith("node_modules/") || wanted === undefined) return false;
  // Binaries for other systems are in the lockfile and rightly not installed here.
  if (installed === undefined) return wanted.optional !== true;
  return wanted.version !== installed.version || wanted.integrity !== installed.integrity;
}

/**
 * @param {string} file
 * @returns {Record<string, Locked>}
 */
function lockedPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
}

/**
 * Builds with Turborepo, which skips what has not changed.
 *
 * @param {readonly string[]} [args] such as a filter
 * @param {Output} [output]
 * @returns {Promise<boolean>}
 */
export async function build(args = [], output = {}) {
  say("Building with Turborepo.", output);
  const quiet = ["--output-logs=errors-only", "--log-order=grouped"];
  return (await runTool("turbo/bin/turbo", ["run", "build", ...quiet, ...args], {}, output)) === 0;
}

/**
 * @param {string} line
 * @param {Output} output
 */
function say(line, { toStderr = false }) {
  if (toStderr) console.error(line);
  else console.log(line);
}

/** Ends the process with one line where Node is older than what the packages promise. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`synfin needs Node 20.19 or newer; this is Node ${process.versions.node}.`);
  process.exit(2);
}
