/**
 * `npm run check`: everything about the code that is not a test. Each check is
 * one line; what a failed one printed follows it. The last line is
 * `N passed, N failed`.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build, install, requireNode } from "./runner/prepare.mjs";
import { ROOT } from "./runner/process.mjs";

/**
 * A program below `node_modules`, or of our own, and where it runs.
 *
 * @typedef {{ name: string, script: string, args: readonly string[], folder?: string }} Check
 */

/** @type {readonly Check[]} */
const OF_THE_CODE = [
  {
    name: "format and lint (biome)",
    script: "node_modules/@biomejs/biome/bin/biome",
    args: ["check", "--error-on-warnings"],
  },
  { name: "types, tests included (tsc)", script: "node_modules/typescript/bin/tsc", args: ["-b"] },
  { name: "the rules of the house (tidy)", script: "tools/tidy/main.mjs", args: [] },
  {
    name: "every requirement has its tests (conformance)",
    script: "tools/conformance/main.mjs",
    args: ["--check"],
  },
  {
    name: "every point of the elements has its tests (points)",
    script: "tools/points/main.mjs",
    args: ["--check"],
  },
  {
    name: "the elements' manifest is that of their sources (manifest)",
    script: "tools/manifest/main.mjs",
    args: ["--check"],
  },
  {
    name: "dead code and dependencies (knip)",
    script: "node_modules/knip/bin/knip.js",
    args: ["--no-progress"],
  },
];

requireNode();
process.exitCode = await main();

/** @returns {Promise<number>} the exit code */
async function main() {
  const results = [await install()];
  if (results[0]) {
    const built = await build();
    results.push(built, ...OF_THE_CODE.map(runCheck));
    if (built) results.push(...publishable().flatMap(checksOfPackage).map(runCheck));
  }
  const failed = results.filter((passed) => !passed).length;
  console.log(`\n${results.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** The folders of the workspaces that can be published. */
function publishable() {
  return ["packages", "apps"]
    .flatMap((place) => readdirSync(join(ROOT, place)).map((name) => `${place}/${name}`))
    .filter((folder) => {
      const manifest = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8"));
      return manifest.private !== true;
    });
}

/**
 * @param {string} folder
 * @returns {Check[]}
 */
function checksOfPackage(folder) {
  const { exports = {} } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8"));
  // A door that names a file, such as `./worker.js`, is loaded by its address and has no types.
  const files = Object.keys(exports).filter((door) => /\.(js|json)$/.test(door));
  const hasTypes = Object.keys(exports).length > files.length;
  const exclude = files.length === 0 ? [] : ["--exclude-entrypoints", ...files];
  const publint = "node_modules/publint/src/cli.js";
  const attw = "node_modules/@arethetypeswrong/cli/dist/index.js";
  const args = ["--pack", ".", "--profile", "esm-only", "--no-emoji", ...exclude];
  return [
    { name: `${folder} as published (publint)`, script: publint, args: ["--strict"], folder },
    ...(hasTypes ? [{ name: `${folder}, its types (attw)`, script: attw, args, folder }] : []),
  ];
}

/**
 * @param {Check} check
 * @returns {boolean} whether it passed
 */
function runCheck({ name, script, args, folder = "." }) {
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, script), ...args], {
    cwd: join(ROOT, folder),
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const passed = status === 0;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${passed ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (!passed) console.log(`${stdout}${stderr}`);
  return passed;
}
