import { expect, test } from "vitest";
import { ROOT } from "../../runner/process.mjs";
import { covered, longRuns } from "../../testing/long.ts";
import { summaryOf } from "./document.mjs";
import { ALL, readTable, rowOf, trialOf } from "./main.mjs";
import { holdToLaws } from "./run-laws.mjs";
import { UNSEEN } from "./unseen.mjs";

/** `npm run mutants -- --laws` writes the table anew. */
test("the whole table of laws and mutants, run again", { timeout: 60 * 60_000 }, async () => {
  const all = ALL.filter(({ what }) => !(what in UNSEEN));
  const chosen = all.slice(0, longRuns(all.length));
  const results = await holdToLaws(ROOT, chosen.map(trialOf), 2, () => {});
  const facts = ({ what, verdict, law, suite, runs }: ReturnType<typeof rowOf>) => {
    return { what, verdict, law, suite, runs };
  };
  const rows = results.map(rowOf);
  const known = readTable().filter(({ what }) => chosen.some((one) => one.what === what));
  expect(rows.map(facts)).toEqual(known.map(facts));
  covered(summaryOf(rows));
});
