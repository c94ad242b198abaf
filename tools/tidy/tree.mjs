import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSource } from "./source.mjs";

/**
 * The files of a repository, read and parsed once.
 *
 * @typedef {{
 *   root: string,
 *   files: readonly string[],
 *   text: (path: string) => string,
 *   source: (path: string) => import("./source.mjs").Source,
 *   code: () => import("./source.mjs").Source[],
 * }} Tree
 */

/**
 * What a rule reports: where, which rule, and what would be right.
 *
 * @typedef {{ file: string, line: number, rule: string, message: string }} Breach
 */

/** Never ours, or made by a build; only matters where there is no git to ask. */
const NOT_OURS = new Set(["node_modules", "dist", ".git", ".turbo", "coverage", "cache"]);

/**
 * @param {string} root
 * @returns {Tree}
 */
export function readTree(root) {
  const files = listFiles(root);
  const text = memo((/** @type {string} */ path) => readFileSync(join(root, path), "utf8"));
  const source = memo((/** @type {string} */ path) => parseSource(path, text(path)));
  const code = () => files.filter(isCode).map(source);
  return { root, files, text, source, code };
}

/** @param {string} path */
export function isCode(path) {
  return /\.(ts|mts|mjs|js)$/.test(path) && !/(^|\/)fixtures\/.*\//.test(path);
}

/** @param {string} path */
export function isTest(path) {
  return /\.test\.ts$/.test(path) || /^(packages|apps)\/[^/]+\/test\//.test(path);
}

/**
 * What git tracks or would track, with `/` on every system.
 *
 * @param {string} root
 */
function listFiles(root) {
  if (!existsSync(join(root, ".git"))) return walk(root, "").sort();
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const listed = execFileSync("git", args, { cwd: root, encoding: "utf8" }).split("\0");
  // In the middle of a merge, a file that both sides have changed is listed three times.
  return [...new Set(listed)].filter((path) => path !== "" && existsSync(join(root, path))).sort();
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function walk(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name)) return [];
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? walk(root, path) : [path];
  });
}

/**
 * @template T
 * @param {(key: string) => T} compute
 * @returns {(key: string) => T}
 */
function memo(compute) {
  /** @type {Map<string, T>} */
  const known = new Map();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}
