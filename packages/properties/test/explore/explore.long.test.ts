import { readFileSync } from "node:fs";
import {
  Exploration,
  type ExploreOptions,
  type ExploreReport,
  ImageTally,
  reportOf,
} from "@synfin/properties/explore";
import { expect, test } from "vitest";
import { covered, longRuns } from "../../../../tools/testing/long.ts";

/** One fault of each kind is first; the slice of CI runs that alone. */
const BOUNDS: readonly ExploreOptions[] = [
  { loss: 1, duplicate: 1, reorder: 1, data: 1 },
  { loss: 1, duplicate: 1, reorder: 1, data: 1, open: "both" },
  { loss: 1, duplicate: 1, reorder: 1, abort: 1 },
  { duplicate: 2, reorder: 2 },
  { loss: 2, data: 2 },
  { reorder: 1, data: 3 },
  { loss: 9, duplicate: 1 },
];

/** What is written of them, without the emphasis. */
const PAGE = readFileSync("apps/docs/reference/explorer.md", "utf8").replaceAll("**", "");

/** What the abstract TCP does not know: it has no ABORT and no timers but that of TIME-WAIT. */
const UNKNOWN = / to CLOSED by (ABORT|R2 timeout)$/;

const FIVE_MINUTES = 300;

test.each(BOUNDS.slice(0, longRuns(BOUNDS.length)))("everything within %j", (bounds) => {
  const startedAt = performance.now();
  const tally = new ImageTally();
  const exploration = new Exploration(bounds, (step) => tally.note(step));
  exploration.run(Number.POSITIVE_INFINITY);
  const report = reportOf(exploration);
  const seconds = (performance.now() - startedAt) / 1000;
  covered(`${JSON.stringify(bounds)}: ${figures(report)}, ${seconds.toFixed(1)} s`);
  expect(PAGE).toContain(`| ${grouped(report.states)} | ${grouped(report.transitions)} |`);
  expect(Object.keys(tally.result().withoutImage).filter((row) => !UNKNOWN.test(row))).toEqual([]);
  expect(report.counterexample?.ladder).toBeUndefined();
  expect(report.comesToRest).toBe(true);
  expect(report.outcomes["both closed"]).toBeGreaterThan(0);
  expect(report.states).toBeGreaterThan(100_000);
  expect(seconds).toBeLessThan(FIVE_MINUTES);
});

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

function figures(report: ExploreReport): string {
  const { states, transitions, depth, rowsTaken, rows } = report;
  return `${states} states, ${transitions} steps, ${depth} away; ${rowsTaken} of ${rows} transitions`;
}
