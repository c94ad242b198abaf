import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleForNode } from "../../runner/bundle.mjs";
import { mutate } from "../mutant.mjs";

/** @typedef {import("../mutant.mjs").Mutant} Mutant */

/**
 * What the laws said of one mutant: which was broken first, in which kind of run, and in
 * how many of them (or after how many states explored), and which laws the same run breaks
 * `also`. `law` is "" where none was.
 *
 * @typedef {{ mutant: Mutant, law: string, also: readonly string[], suite: string, runs: number,
 *   message: string, seconds: number, problem: string }} LawResult
 */

/**
 * @typedef {{ seed: number, part: number, law?: string }} Task
 * @typedef {{ mutant: Mutant, task: Task }} Trial
 */

/** Longer than all of the runs take on a busy machine, unless one of them does not end. */
const PATIENCE_MS = 600_000;

/**
 * Holds each mutant to the laws, `workers` at a time, each in a process of its own. The
 * tree is not touched: a mutant's text takes the file's place while it is bundled.
 *
 * @param {string} root
 * @param {readonly Trial[]} trials
 * @param {number} workers
 * @param {(result: LawResult) => void} report called with each result as it comes
 * @returns {Promise<LawResult[]>} in the order of the trials
 */
export async function holdToLaws(root, trials, workers, report) {
  const folder = mkdtempSync(join(tmpdir(), "synfin-laws-"));
  const waiting = trials.map((trial, index) => ({ trial, index }));
  /** @type {LawResult[]} */
  const results = [];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { trial, index } = next;
      const result = await holdOne(root, join(folder, `${index}.mjs`), trial);
      results[index] = result;
      report(result);
    }
  };
  try {
    await Promise.all(Array.from({ length: workers }, work));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return results;
}

/**
 * @param {string} root
 * @param {string} outfile
 * @param {Trial} trial
 * @returns {Promise<LawResult>}
 */
async function holdOne(root, outfile, { mutant, task }) {
  const started = Date.now();
  const result = (/** @type {Partial<LawResult>} */ found) => {
    const seconds = (Date.now() - started) / 1000;
    const nothing = { law: "", also: [], suite: "", runs: 0, message: "", problem: "" };
    return { mutant, ...nothing, ...found, seconds };
  };
  const mutated = mutate(root, mutant);
  if ("problem" in mutated) return result({ problem: mutated.problem });
  const instead = { path: join(root, mutant.file), text: mutated.text };
  await bundleForNode(join(root, "tools/mutants/laws/judge.ts"), outfile, instead);
  const { stdout, stderr, late } = await judge(outfile, task);
  rmSync(outfile);
  if (late) return result({ message: `its runs had not ended after ${PATIENCE_MS / 1000} s` });
  try {
    return result(JSON.parse(stdout) ?? {});
  } catch {
    return result({ problem: `no verdict: ${stderr.slice(0, 500)}` });
  }
}

/**
 * @param {string} script
 * @param {Task} task
 * @returns {Promise<{ stdout: string, stderr: string, late: boolean }>} late: it was stopped
 */
function judge(script, task) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, JSON.stringify(task)], { timeout: PATIENCE_MS });
    const said = { stdout: "", stderr: "" };
    child.stdout.on("data", (/** @type {Buffer} */ data) => {
      said.stdout += data;
    });
    child.stderr.on("data", (/** @type {Buffer} */ data) => {
      said.stderr += data;
    });
    child.once("error", reject);
    child.once("close", (_, signal) => resolve({ ...said, late: signal === "SIGTERM" }));
  });
}
