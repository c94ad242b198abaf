import {
  assertLaws,
  bothWaysTrial,
  formatCoverage,
  givenUpTrial,
  type Law,
  outstandingIsTimed,
  playUnlessStorm,
  type Run,
  retransmissionFollowsSchedule,
  runLaws,
  segmentsFitTheMss,
  type Trial,
  urgentTextIsMarked,
  urgentTrial,
} from "@synfin/properties";
import type fc from "fast-check";
import { describe, test } from "vitest";
import { settings } from "../support/settings.ts";
import { showTrial } from "../support/show.ts";

const FILE = "packages/properties/test/laws/directed.property.test.ts";
const SEED = 20_261_126;

interface Directed {
  readonly cases: fc.Arbitrary<Trial>;
  readonly runs: number;
  /** What these runs come to and others hardly do. */
  readonly laws: readonly Law<Run>[];
  /** About a third of what this seed meets. */
  readonly least: Readonly<Record<string, number>>;
}

const DIRECTED: Readonly<Record<string, Directed>> = {
  "text that is given up around R2": {
    cases: givenUpTrial,
    runs: 300,
    laws: [retransmissionFollowsSchedule],
    least: { "retransmissionFollowsSchedule: given up": 80 },
  },
  "more urgent text while some is unread": {
    cases: urgentTrial,
    runs: 200,
    laws: [urgentTextIsMarked, outstandingIsTimed],
    least: {
      "urgentTextIsMarked: user told": 30,
      "outstandingIsTimed: window probed": 90,
    },
  },
  "text both ways, some of it lost": {
    cases: bothWaysTrial,
    runs: 60,
    laws: [segmentsFitTheMss],
    least: {
      "segmentsFitTheMss: full segment": 900,
      "segmentsFitTheMss: text beside options": 700,
    },
  },
};

describe("runs that are made for a few laws keep these, and those of every run", () => {
  const each = Object.entries(DIRECTED);
  test.each(each)("%s", { timeout: 120_000 }, (_what, { cases, runs, laws, least }) => {
    const own = settings(FILE, SEED, runs);
    const report = assertLaws({
      ...own,
      laws: [...new Set([...runLaws, ...laws])],
      cases,
      subject: ({ scenario, seed }) => playUnlessStorm(scenario, seed),
      describe: showTrial,
      least: own.runs < runs ? {} : least,
    });
    console.log(formatCoverage(report));
  });
});
