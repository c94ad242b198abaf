import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** The tools that we start report nothing home and do not advertise updates. */
const QUIET = {
  TURBO_TELEMETRY_DISABLED: "1",
  TURBO_NO_UPDATE_NOTIFIER: "1",
  DO_NOT_TRACK: "1",
  NPM_CONFIG_UPDATE_NOTIFIER: "false",
};

/**
 * @typedef {{ toStderr?: boolean }} Output where what a program prints on its standard output
 *   goes to our standard error: ours is for results alone
 */

/**
 * Runs a command in the repository's root with our own input and output, and
 * waits for it. Resolves to its exit code; 1 where a signal ended it.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env] on top of our own environment
 * @param {Output} [output]
 * @returns {Promise<number>}
 */
function run(command, args, env = {}, { toStderr = false } = {}) {
  return new Promise((resolve, reject) => {
    const options = { cwd: ROOT, env: { ...process.env, ...QUIET, ...env } };
    /** @type {import("node:child_process").StdioOptions} */
    const stdio = ["inherit", toStderr ? 2 : "inherit", "inherit"];
    const child = spawn(command, args, { ...options, stdio });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

/**
 * Runs a JavaScript program from `node_modules` with this very Node, without a
 * shell, so that it works the same on every system.
 *
 * @param {string} script relative to `node_modules`
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 * @param {Output} [output]
 */
export function runTool(script, args, env = {}, output = {}) {
  return run(process.execPath, [join(ROOT, "node_modules", script), ...args], env, output);
}

/**
 * Runs npm: the one that started us, if one did.
 *
 * @param {readonly string[]} args
 * @param {Output} [output]
 */
export function runNpm(args, output = {}) {
  const npm = process.env["npm_execpath"] ?? "";
  if (/npm-cli\.c?js$/.test(npm)) return run(process.execPath, [npm, ...args], {}, output);
  return run(process.platform === "win32" ? "npm.cmd" : "npm", args, {}, output);
}
