import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as properties from "@synfin/properties";
import { describe, expect, test } from "vitest";
import { REQUIREMENTS } from "../../conformance/requirements.mjs";
import { ROOT } from "../../runner/process.mjs";
import { documentOf } from "./document.mjs";
import { ALL, isWrong, PAGE, type Row, readTable, rowOf, trialOf } from "./main.mjs";
import { RFC_2525 } from "./rfc-2525.mjs";
import { holdToLaws } from "./run-laws.mjs";
import { UNSEEN } from "./unseen.mjs";

const rows = readTable();
const named = (list: readonly { what: string; breaks: readonly string[] }[]) =>
  list.map(({ what, breaks }) => `${breaks.join(", ")}: ${what}`);

describe("the table of laws and mutants", () => {
  test("has every mutant, and the page says what it says", () => {
    expect(named(rows)).toEqual(named(ALL));
    expect(readFileSync(join(ROOT, PAGE), "utf8")).toBe(documentOf(rows));
  });

  test("a law sees each but those that are listed, with the reason why none can", () => {
    expect(named(rows.filter(isWrong))).toEqual([]);
    const whats = (wanted: Row["verdict"]) =>
      rows.filter(({ verdict }) => verdict === wanted).map(({ what }) => what);
    expect(whats("seen").length).toBeGreaterThanOrEqual(130);
    expect(whats("unseen").sort()).toEqual(Object.keys(UNSEEN).sort());
    expect(whats("missed")).toEqual([]);
  });

  test("each law fails on a mutant", () => {
    const failing = new Set(rows.flatMap(({ law, also }) => [law, ...also]));
    const laws = Object.values(properties).flatMap(lawName);
    expect(laws.length).toBeGreaterThanOrEqual(50);
    expect(laws.filter((name) => !failing.has(name))).toEqual([]);
  });

  test("every MUST in scope has a mutant in it", () => {
    const broken = new Set(rows.flatMap(({ breaks }) => breaks));
    const musts = REQUIREMENTS.filter(({ id, out }) => out === undefined && id.startsWith("MUST"));
    expect(musts.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });

  test("a law sees each of the eighteen problems of RFC 2525", () => {
    const seen = new Set(rows.filter(({ verdict }) => verdict === "seen").map(({ what }) => what));
    expect(RFC_2525).toHaveLength(18);
    expect(RFC_2525.filter(([, , mutant]) => !seen.has(mutant))).toEqual([]);
  });
});

/** The name of what the package exports, where that is a law. */
function lawName(exported: unknown): string[] {
  const isLaw = typeof exported === "object" && exported !== null && "check" in exported;
  return isLaw && "name" in exported ? [String(exported.name)] : [];
}

/** What is seen within seconds; the long tier runs the whole table again. */
const isQuick = ({ verdict, suite, runs }: Row) =>
  verdict === "seen" && ["segments", "random runs"].includes(suite) && runs <= 50;

/** The mutant that each law sees soonest; of every so many laws, one. */
function sample(every: number): readonly Row[] {
  const soonest = new Map<string, Row>();
  for (const row of rows.filter(isQuick)) {
    const known = soonest.get(row.law);
    if (known === undefined || row.runs < known.runs) soonest.set(row.law, row);
  }
  return [...soonest.values()].filter((_, index) => index % every === 0);
}

test("what the table says is so: a sample of it, run again", { timeout: 300_000 }, async () => {
  const wanted = sample(4);
  expect(wanted.length).toBeGreaterThanOrEqual(5);
  const trials = wanted.map(({ what }) => {
    const mutant = ALL.find((one) => one.what === what);
    if (mutant === undefined) throw new Error(`no mutant is called ${what}`);
    return trialOf(mutant);
  });
  const results = await holdToLaws(ROOT, trials, 2, () => {});
  const facts = ({ what, law, suite, runs }: Row) => ({ what, law, suite, runs });
  expect(results.map((result) => facts(rowOf(result)))).toEqual(wanted.map(facts));
});

test("no law sees a mutant that changes nothing", { timeout: 300_000 }, async () => {
  const [first] = ALL;
  if (first === undefined) throw new Error("the table is empty");
  const mutant = { ...first, replace: `${first.find} // the same` };
  const [result] = await holdToLaws(ROOT, [{ mutant, task: { seed: 2, part: 0.05 } }], 1, () => {});
  expect(result).toMatchObject({ law: "", problem: "" });
});

test("a mutant whose text is gone is stale", async () => {
  const [first] = ALL;
  if (first === undefined) throw new Error("the table is empty");
  const mutant = { ...first, find: "no such text" };
  const [result] = await holdToLaws(ROOT, [{ mutant, task: { seed: 1, part: 1 } }], 1, () => {});
  expect(result?.problem).toBe(`not in ${first.file}`);
});
