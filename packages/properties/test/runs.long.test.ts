import {
  assertLaws,
  formatCoverage,
  PERMITTED_ROWS,
  playUnlessStorm,
  runLaws,
  SKIPPED,
  trial,
} from "@synfin/properties";
import { expect, test } from "vitest";
import { covered, longRuns } from "../../../tools/testing/long.ts";
import { settings } from "./support/settings.ts";
import { showTrial } from "./support/show.ts";

/** Fresh seeds find what a fixed one has long passed by; the failure prints it. */
const FRESH = Date.now() % 0x7fff_ffff;

test("every law holds in many random runs of a fresh seed", () => {
  const file = "packages/properties/test/runs.long.test.ts";
  const own = settings(file, FRESH, longRuns(200_000));
  const startedAt = performance.now();
  const report = assertLaws({
    ...own,
    laws: runLaws,
    cases: trial,
    subject: ({ scenario, seed }) => playUnlessStorm(scenario, seed),
    describe: showTrial,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const rows = [...report.premises.keys()].filter((name) => / to .* by .*, §/.test(name)).length;
  covered(
    `${formatCoverage(report)}\n${Math.round(report.runs / seconds)} runs/s; ` +
      `${rows} of ${PERMITTED_ROWS} permitted transitions taken`,
  );
  expect(report.premises.get(SKIPPED) ?? 0).toBeLessThan(report.runs / 100 + 1);
  if (own.path === undefined && own.runs >= 5000) expect(rows).toBeGreaterThan(40);
});
