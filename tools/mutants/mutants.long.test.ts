import { expect, test } from "vitest";
import { ROOT } from "../runner/process.mjs";
import { covered } from "../testing/long.ts";
import { runMutants } from "./run.mjs";
import { MUTANTS } from "./table.mjs";

/** `npm run mutants -- MUST-37` has one of them again. */
test("every mutant is caught by a test that names what it breaks", async () => {
  const results = await runMutants(ROOT, MUTANTS, 2, () => {});
  const missed = results.filter(({ verdict }) => verdict !== "caught");
  expect(missed.map(({ mutant, detail }) => `${mutant.what}: ${detail}`)).toEqual([]);
  const requirements = new Set(MUTANTS.flatMap(({ breaks }) => breaks));
  covered(`${results.length} mutants of ${requirements.size} requirements, all caught`);
});

test("one that changes nothing of what tests see survives", async () => {
  const [first] = MUTANTS;
  if (first === undefined) throw new Error("the table is empty");
  const harmless = { ...first, replace: `${first.find} // the same` };
  const results = await runMutants(ROOT, [harmless], 1, () => {});
  expect(results.map(({ verdict }) => verdict)).toEqual(["SURVIVES"]);
});
