/**
 * `npm run mutants`: breaks the code in one small way after the other, in a
 * copy of this repository, and looks whether the tests notice that name the
 * requirement which is broken. Exit code 1 if one does not, or a mutant does
 * not apply any more.
 *
 *     npm run mutants                    every mutant, in some minutes
 *     npm run mutants -- MUST-37 SHLD-3  those that break these
 *     npm run mutants -- timers.ts       those of this file
 *     npm run mutants -- --laws          which law sees each; writes docs/laws-and-mutants.md
 *     npm run mutants -- --laws MUST-37  only those that break this
 *     npm run mutants -- --laws --missing  only those that the table lacks, or that are stale
 *     npm run mutants -- --laws --unseen   those that no law should see
 *     npm run mutants -- --laws --page   the page once more, from the table that is there
 */
import { availableParallelism } from "node:os";
import { ROOT } from "../runner/process.mjs";
import { lawsAgainstMutants } from "./laws/main.mjs";
import { runMutants } from "./run.mjs";
import { MUTANTS } from "./table.mjs";

const [first, ...rest] = process.argv.slice(2);
process.exitCode =
  first === "--laws" ? await lawsAgainstMutants(rest) : await testsAgainstMutants();

async function testsAgainstMutants() {
  const wanted = process.argv.slice(2);
  const chosen = MUTANTS.filter(
    ({ breaks, file }) =>
      wanted.length === 0 || wanted.some((one) => breaks.includes(one) || file.endsWith(one)),
  );
  const workers = Math.max(1, Math.min(2, availableParallelism()));
  const results = await runMutants(ROOT, chosen, workers, (result) => {
    const { mutant, verdict, seconds, detail } = result;
    const time = `${seconds.toFixed(1)} s`.padStart(7);
    console.log(`${verdict.padEnd(8)} ${time}  ${mutant.breaks.join(", ")}: ${mutant.what}`);
    if (detail !== "") console.log(`         ${detail}`);
  });
  const missed = results.filter(({ verdict }) => verdict !== "caught").length;
  if (results.length === 0) console.error(`No mutant breaks ${wanted.join(" or ")}.`);
  console.log(`\n${results.length} mutants: ${results.length - missed} caught, ${missed} not`);
  return missed === 0 && results.length > 0 ? 0 : 1;
}
