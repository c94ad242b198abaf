import { expect, test } from "vitest";
import { covered, LONG_SEED, longRuns } from "../../../../tools/testing/long.ts";
import { runChaos } from "./support/chaos/run-chaos.ts";

/**
 * Ten million steps of `chaos.test.ts`, and half a million in CI's slice, with
 * each cell of the table of states and events met often enough to mean something.
 */
const STEPS = longRuns(10_000_000);
const REPLAY = `SYNFIN_SEED=${LONG_SEED} npm run test:long -- chaos.long`;

test(`${STEPS} steps of chaos: no throw, no broken invariant, nothing that RFC 9293 forbids`, () => {
  try {
    const coverage = runChaos(LONG_SEED, STEPS);
    covered(`${coverage.steps} steps (${REPLAY})\n${coverage.table()}`);
    expect(coverage.seldom(STEPS / 20_000)).toEqual([]);
  } catch (error) {
    throw new Error(`${REPLAY}: ${String(error)}`, { cause: error });
  }
});
