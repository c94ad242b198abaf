import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../runner/process.mjs";
import { MUTANTS } from "../table.mjs";
import { documentOf, summaryOf } from "./document.mjs";
import { PLANTED } from "./planted.mjs";
import { holdToLaws } from "./run-laws.mjs";
import { UNSEEN } from "./unseen.mjs";

/** Where all runs begin: a fixed one, so that the table stays the same. */
const SEED = 1;

/** What no law sees takes all of the runs; a part of them is enough to doubt the reason. */
const PART_OF_UNSEEN = 0.05;

export const PAGE = "docs/laws-and-mutants.md";
const TABLE = "docs/laws-and-mutants.json";

/**
 * Every mutant that the laws are held against, the planted ones last.
 *
 * @type {readonly import("./planted.mjs").Planted[]}
 */
export const ALL = [...MUTANTS, ...PLANTED];

/**
 * @param {import("./planted.mjs").Planted} mutant
 * @returns {import("./run-laws.mjs").Trial}
 */
export function trialOf(mutant) {
  const part = mutant.what in UNSEEN ? PART_OF_UNSEEN : 1;
  const law = mutant.law === undefined ? {} : { law: mutant.law };
  return { mutant, task: { seed: SEED, part, ...law } };
}

/**
 * `npm run mutants -- --laws`: which law sees each mutant, and after how many runs. All of
 * them write docs/laws-and-mutants.md and the same as JSON, and so does `--missing`, which
 * runs those that are new, missed or stale; some of them only tell. `--unseen` holds those to
 * the laws that none should see, with a part of the runs, and fails where one does.
 *
 * @param {readonly string[]} wanted requirements, file names, or laws
 * @returns {Promise<number>} the exit code
 */
export async function lawsAgainstMutants(wanted) {
  if (wanted[0] === "--page") return writePage(readTable());
  const update = wanted[0] === "--missing";
  const unseen = wanted[0] === "--unseen";
  const known = new Map(readTable().map((row) => [row.what, row]));
  const chosen = ALL.filter(({ breaks, file, law, what }) => {
    if (what in UNSEEN) return unseen;
    if (wanted.length === 0) return true;
    if (update) return known.get(what)?.verdict !== "seen";
    return wanted.some((one) => breaks.includes(one) || file.endsWith(one) || law === one);
  });
  if (chosen.length === 0 && update) {
    console.log("The table lacks no mutant, and none is stale.");
    return 0;
  }
  if (chosen.length === 0) {
    console.error(`No mutant breaks ${wanted.join(" or ")}.`);
    return 1;
  }
  let done = 0;
  const workers = Math.max(1, availableParallelism());
  const results = await holdToLaws(ROOT, chosen.map(trialOf), workers, (result) => {
    done += 1;
    console.log(`${String(done).padStart(4)}/${chosen.length} ${lineOf(result)}`);
  });
  const rows = results.map(rowOf);
  const wrong = rows.filter(isWrong);
  const seen = rows.filter(({ verdict }) => verdict === "seen").length;
  const missed = rows.filter(({ verdict }) => verdict === "missed").length;
  console.log(`\n${rows.length} mutants: ${seen} seen by a law, ${missed} missed`);
  for (const row of wrong) console.error(`${row.what}: ${whyWrong(row)}`);
  if (wanted.length === 0 || update) {
    for (const row of rows) known.set(row.what, row);
    writePage([...known.values()]);
  }
  return wrong.length === 0 ? 0 : 1;
}

/**
 * One row of the table.
 *
 * @typedef {{ what: string, breaks: readonly string[], file: string, verdict: "seen" | "unseen" |
 *   "missed" | "STALE", law: string, also: readonly string[], suite: string, runs: number,
 *   seed: number, reason: string, message: string }} Row
 */

/**
 * @param {import("./run-laws.mjs").LawResult} result
 * @returns {Row}
 */
export function rowOf({ mutant, law, also, suite, runs, message, problem }) {
  const { what, breaks, file } = mutant;
  const reason = law === "" ? (UNSEEN[what] ?? "") : "";
  const verdict =
    problem !== "" ? "STALE" : law !== "" ? "seen" : what in UNSEEN ? "unseen" : "missed";
  const told = problem === "" ? message : problem;
  return { what, breaks, file, verdict, law, also, suite, runs, seed: SEED, reason, message: told };
}

/**
 * Whether a row is not what unseen.mjs says, or a mutant is missed or stale.
 *
 * @param {Row} row
 */
export function isWrong({ what, verdict }) {
  return verdict === "seen" ? what in UNSEEN : verdict !== "unseen";
}

/** @param {Row} row */
function whyWrong({ verdict, law, message }) {
  if (verdict === "seen") return `${law} sees it, so it should not be in unseen.mjs`;
  if (verdict === "STALE") return message;
  return `no law sees it, and unseen.mjs does not say why${message === "" ? "" : ` (${message})`}`;
}

/** @param {import("./run-laws.mjs").LawResult} result */
function lineOf(result) {
  const { verdict, law, suite, runs, message, reason } = rowOf(result);
  const { breaks, what } = result.mutant;
  const time = `${result.seconds.toFixed(1)} s`.padStart(7);
  const why = verdict === "seen" ? `${law}, ${suite} ${runs}` : reason || message || law;
  return `${verdict.padEnd(6)} ${time}  ${breaks.join(", ")}: ${what}\n          ${why}`;
}

/** @returns {readonly Row[]} */
export function readTable() {
  const path = join(ROOT, TABLE);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : [];
}

/**
 * Writes the table and the page, in the order of the mutants.
 *
 * @param {readonly Row[]} rows
 * @returns {number} the exit code
 */
function writePage(rows) {
  const known = new Map(rows.map((row) => [row.what, row]));
  const nothing = { law: "", also: [], suite: "", runs: 0, message: "", seconds: 0 };
  const judged = ALL.map((mutant) => {
    if (mutant.what in UNSEEN) return rowOf({ mutant, ...nothing, problem: "" });
    return known.get(mutant.what) ?? rowOf({ mutant, ...nothing, problem: "not run yet" });
  });
  writeFileSync(join(ROOT, TABLE), jsonOf(judged));
  writeFileSync(join(ROOT, PAGE), documentOf(judged));
  console.log(summaryOf(judged));
  return judged.some(isWrong) ? 1 : 0;
}

/**
 * JSON as Biome formats it: each list of requirements on one line.
 *
 * @param {readonly Row[]} rows
 */
function jsonOf(rows) {
  const text = JSON.stringify(rows, null, 2);
  const inOneLine = (/** @type {string} */ list) => list.replace(/\n\s+/g, " ");
  return `${text.replace(/(?<=\[)\n\s+("[^\]]+")\n\s+(?=\])/g, (_, list) => inOneLine(list))}\n`;
}
