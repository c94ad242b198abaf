import {
  assertLaws,
  bothWaysTrial,
  describeTrial,
  formatCoverage,
  givenUpTrial,
  machineLaws,
  machineTrial,
  mirroredTwin,
  otherIsns,
  playUnlessStorm,
  reopenedTrial,
  retransmissionFollowsSchedule,
  runLaws,
  segmentsFitTheMss,
  shiftedNumbersChangeNothing,
  shiftedTwin,
  stepMachine,
  swappedEndsMirrorTheRun,
  trial,
  urgentTextIsMarked,
  urgentTrial,
} from "@synfin/properties";
import fc from "fast-check";
import { expect, test } from "vitest";
import { covered, longRuns } from "../../../../tools/testing/long.ts";
import { settings } from "../support/settings.ts";

const FILE = "packages/properties/test/laws/steps-and-twins.long.test.ts";

/** Fresh seeds find what a fixed one has long passed by; the failure prints it. */
const FRESH = Date.now() % 0x7fff_ffff;

test("in every state, many single steps of a fresh seed keep the laws", () => {
  const report = assertLaws({
    ...settings(FILE, FRESH, longRuns(200_000)),
    laws: machineLaws,
    cases: machineTrial,
    subject: stepMachine,
    describe: (drawn) => JSON.stringify(drawn, null, 2),
  });
  covered(formatCoverage(report));
  expect(report.failure).toBeUndefined();
});

test("other initial numbers change nothing, and swapped ends mirror the run", () => {
  const own = settings(FILE, FRESH, longRuns(10_000));
  const shifted = assertLaws({
    ...own,
    laws: [shiftedNumbersChangeNothing],
    cases: fc.tuple(trial, otherIsns),
    subject: ([drawn, isns]) => shiftedTwin(drawn, isns),
    describe: ([drawn, isns]) => `${JSON.stringify(isns)}\n${describeTrial(drawn)}`,
  });
  const mirrored = assertLaws({
    ...own,
    laws: [swappedEndsMirrorTheRun],
    cases: trial,
    subject: mirroredTwin,
    describe: describeTrial,
  });
  covered(`${formatCoverage(shifted)}\n${formatCoverage(mirrored)}`);
  expect([shifted.failure, mirrored.failure]).toEqual([undefined, undefined]);
});

test("every law holds where the ports of a TIME-WAIT are used again", () => {
  const report = assertLaws({
    ...settings(FILE, FRESH, longRuns(20_000)),
    laws: runLaws,
    cases: reopenedTrial,
    subject: ({ scenario, seed }) => playUnlessStorm(scenario, seed),
    describe: describeTrial,
  });
  covered(formatCoverage(report));
  const met = (premise: string) => report.premises.get(`refusedGoesBackToTimeWait: ${premise}`);
  expect(met("refused within 2MSL")).toBeGreaterThan(0);
  if (report.runs >= 20_000) expect(met("refused after 2MSL")).toBeGreaterThan(0);
});

test("runs that are made for a few laws keep these, and those of every run", () => {
  const directed = [
    [givenUpTrial, retransmissionFollowsSchedule, 4000],
    [urgentTrial, urgentTextIsMarked, 4000],
    [bothWaysTrial, segmentsFitTheMss, 2000],
  ] as const;
  const reports = directed.map(([cases, law, runs]) => {
    return assertLaws({
      ...settings(FILE, FRESH, longRuns(runs)),
      laws: [...new Set([...runLaws, law])],
      cases,
      subject: ({ scenario, seed }) => playUnlessStorm(scenario, seed),
      describe: describeTrial,
    });
  });
  covered(reports.map(formatCoverage).join("\n"));
  expect(reports.map(({ failure }) => failure)).toEqual([undefined, undefined, undefined]);
});
