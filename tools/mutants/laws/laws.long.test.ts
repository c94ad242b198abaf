import { expect, test } from "vitest";
import { ROOT } from "../../runner/process.mjs";
import { covered } from "../../testing/long.ts";
import { summaryOf } from "./document.mjs";
import { ALL, readTable, rowOf, trialOf } from "./main.mjs";
import { holdToLaws } from "./run-laws.mjs";

/** `npm run mutants -- --laws` writes the table anew. */
test("the whole table of laws and mutants, run again", { timeout: 60 * 60_000 }, async () => {
  const results = await holdToLaws(ROOT, ALL.map(trialOf), 2, () => {});
  const facts = ({ what, verdict, law, suite, runs }: ReturnType<typeof rowOf>) => {
    return { what, verdict, law, suite, runs };
  };
  const rows = results.map(rowOf);
  expect(rows.map(facts)).toEqual(readTable().map(facts));
  covered(summaryOf(rows));
});
