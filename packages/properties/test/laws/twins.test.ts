import {
  assertLaws,
  describeTrial,
  formatCoverage,
  isnIsSecret,
  mirroredTwin,
  otherIsns,
  playUnlessStorm,
  shiftedNumbersChangeNothing,
  shiftedTwin,
  swappedEndsMirrorTheRun,
  trial,
} from "@synfin/properties";
import { findScenario } from "@synfin/simulator";
import fc from "fast-check";
import { expect, test } from "vitest";
import { found } from "../support/doctor.ts";
import { settings } from "../support/settings.ts";
import { shipped } from "../support/shipped.ts";

const FILE = "packages/properties/test/laws/twins.test.ts";
const SEED = 20_261_126;
const RUNS = 200;

test(`other initial numbers change nothing: ${RUNS} pairs of runs`, { timeout: 120_000 }, () => {
  const own = settings(FILE, SEED, RUNS);
  const report = assertLaws({
    ...own,
    laws: [shiftedNumbersChangeNothing],
    cases: fc.tuple(trial, otherIsns),
    subject: ([drawn, isns]) => shiftedTwin(drawn, isns),
    describe: ([drawn, isns]) => `${JSON.stringify(isns)}\n${describeTrial(drawn)}`,
    least: {
      "shiftedNumbersChangeNothing: run shifted": 150,
      "shiftedNumbersChangeNothing: wrap crossed by the shift": 5,
    },
  });
  console.log(formatCoverage(report));
});

test(`swapped ends mirror the run: ${RUNS} pairs of runs`, { timeout: 120_000 }, () => {
  const own = settings(FILE, SEED, RUNS);
  const report = assertLaws({
    ...own,
    laws: [swappedEndsMirrorTheRun],
    cases: trial,
    subject: mirroredTwin,
    describe: describeTrial,
    least: {
      "swappedEndsMirrorTheRun: run mirrored": 150,
      "swappedEndsMirrorTheRun: transmission lost, doubled or late": 250,
    },
  });
  console.log(formatCoverage(report));
});

test("one number, or one microsecond, that is not shifted or mirrored with the rest", () => {
  const scenario = found(findScenario("lost-fin"), "lost-fin");
  const twin = found(
    shiftedTwin({ scenario, seed: 1 }, { client: 4_294_967_200, server: 7 }),
    "twin",
  );
  expect(twin.wraps).toBe(true);
  expect(shiftedNumbersChangeNothing.check(twin).breaches).toEqual([]);
  const [first, ...rest] = twin.second.segments;
  const wrong = { ...found(first, "segment"), seq: 4_294_967_200 };
  const broken = { ...twin, second: { ...twin.second, segments: [wrong, ...rest] } };
  expect(shiftedNumbersChangeNothing.check(broken).breaches).toMatchObject([
    { host: "client", segment: "client-1", message: expect.stringContaining("segments.0.seq") },
  ]);
  const mirrored = found(mirroredTwin({ scenario, seed: 1 }), "twin");
  expect(swappedEndsMirrorTheRun.check(mirrored).breaches).toEqual([]);
  const late = { ...mirrored, second: { ...mirrored.second, endedAtUs: 1 } };
  expect(swappedEndsMirrorTheRun.check(late).breaches).toMatchObject([
    { message: expect.stringContaining("endedAtUs") },
  ]);
});

test("numbers that are the same under two seeds", () => {
  const scenario = found(findScenario("three-way-handshake"), "scenario");
  const [left, right] = scenario.hosts.map(({ isns: _, ...host }) => host);
  const bare = { ...scenario, hosts: [found(left, "host"), found(right, "host")] as const };
  const [first, second] = [1, 2].map((seed) => found(playUnlessStorm(bare, seed), "run"));
  expect(
    isnIsSecret.check({ first: found(first, "run"), second: found(second, "run") }).breaches,
  ).toEqual([]);
  const same = { first: found(first, "run"), second: found(first, "run") };
  expect(isnIsSecret.check(same).breaches).toHaveLength(2);
  const chosen = shipped("three-way-handshake");
  expect(isnIsSecret.check({ first: chosen, second: chosen }).breaches).toEqual([]);
});
