/**
 * Programs in C and C++ that we are compared with: compiled when they are
 * asked for, where a compiler is, into folders that go away with this process.
 * Where something is missing, the answer says so, and what to install.
 */
import { execFile } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);
const HERE = dirname(fileURLToPath(import.meta.url));

/**
 * @typedef {object} Program
 * @property {string} source relative to this folder
 * @property {readonly string[]} compilers names under which a compiler may stand on the PATH
 * @property {readonly string[]} flags for the compiler, before the source
 * @property {readonly string[]} [libraries] for the linker, behind the source
 * @property {string} header one that the source includes: without it nothing can be compiled
 * @property {string} debian the Debian packages that bring compiler and header
 */
/** @typedef {{ path: string }} Compiled */
/** @typedef {{ skipped: string }} Skipped */

/** What C takes. */
export const C = {
  compilers: ["cc", "gcc", "clang"],
  flags: ["-std=c11", "-O2", "-Wall", "-Wextra"],
  header: "stdio.h",
  debian: "gcc libc6-dev",
};

/** @type {Map<string, Promise<Compiled | Skipped>>} by compiler search path and source */
const compiled = new Map();
/** @type {Set<string>} */
const folders = new Set();
process.once("exit", removeCompiled);

/**
 * Compiles a program, once for each process. A program that does not compile
 * though compiler and header are there is a bug, and throws.
 *
 * @param {Program} program
 * @param {string} [searchPath] where to look for compilers, as PATH has it
 * @returns {Promise<Compiled | Skipped>}
 */
export function compile(program, searchPath = process.env["PATH"] ?? "") {
  const key = `${searchPath}\n${program.source}`;
  const known = compiled.get(key) ?? compileAnew(program, searchPath);
  compiled.set(key, known);
  return known;
}

/**
 * @param {Program} program
 * @param {string} searchPath
 * @returns {Promise<Compiled | Skipped>}
 */
async function compileAnew(
  { source, compilers, flags, libraries = [], header, debian },
  searchPath,
) {
  const compiler = findCommand(compilers, searchPath);
  const hint = `get it with: apt-get install ${debian}`;
  if (compiler === "") return { skipped: `${compilers[0]} is not installed; ${hint}` };
  const folder = mkdtempSync(join(tmpdir(), "synfin-bench-"));
  folders.add(folder);
  if (!(await hasHeader(compiler, flags, header))) {
    return { skipped: `${header} is not installed; ${hint}` };
  }
  const path = join(folder, "program");
  await execute(compiler, [...flags, join(HERE, source), "-o", path, ...libraries]);
  return { path };
}

/** Removes what was compiled; for those whose process is ended before it can. */
export function removeCompiled() {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders.clear();
  compiled.clear();
}

/**
 * @param {readonly string[]} names best first
 * @param {string} searchPath
 * @returns {string} the path of the first that can be run, or an empty string
 */
function findCommand(names, searchPath) {
  const folders = searchPath.split(delimiter).filter((folder) => folder !== "");
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find(isExecutable) ?? "";
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} compiler
 * @param {readonly string[]} flags
 * @param {string} header
 */
async function hasHeader(compiler, flags, header) {
  const nothing = "/dev/null";
  const language = header.includes("/") ? "c++" : "c";
  return execute(compiler, [...flags, "-fsyntax-only", "-x", language, "-include", header, nothing])
    .then(() => true)
    .catch((error) => {
      if (String(error.stderr).includes(header)) return false;
      throw error;
    });
}

/**
 * Runs a program that prints one line of JSON. Rejects where it exits with
 * anything but 0, with what it said, or takes longer than `seconds`.
 *
 * @param {string} path
 * @param {readonly (number | string)[]} args
 * @param {number} seconds
 * @returns {Promise<Record<string, unknown>>}
 */
export async function runForJson(path, args, seconds) {
  const { stdout } = await execute(path, args.map(String), {
    timeout: 1000 * seconds,
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout);
}
