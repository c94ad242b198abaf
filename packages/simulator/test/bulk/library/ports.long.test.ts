import type { Choice } from "@synfin/simulator/bulk";
import { expect, test } from "vitest";
import { covered, LONG_SEED } from "../../../../../tools/testing/long.ts";
import { type HowToJudge, judge, misses } from "../support/judge.ts";

/** So wide that a fresh seed fails by chance once in ten thousand times. */
const RARELY: HowToJudge = { seed: LONG_SEED, level: 0.9999, max: 2000 };
/** The same, where the interval of 99 % is a hundredth of the value each way: 2.576 / 3.891. */
const NARROW: HowToJudge = { ...RARELY, relativeHalfWidth: 0.01 * (3.891 / 2.576), min: 6 };
const ONCE: HowToJudge = { seed: LONG_SEED, min: 2 };

/** The defaults where they are quick enough, and what draws in a size that 1 % can be shown of. */
const RUNS: readonly (readonly [name: string, choice: Choice, how: HowToJudge])[] = [
  ["port-exhaustion", {}, ONCE],
  ["port-exhaustion", { values: { "tw-reuse": 1, ports: 400, periods: 20 } }, ONCE],
  [
    "port-exhaustion",
    { params: { mslUs: 5_000_000 }, values: { rate: 15, ports: 100, arrivals: 1, periods: 100 } },
    RARELY,
  ],
  // All of Linux's 28,232 ports, and 33,001 calls in the time that one is taken.
  ["port-exhaustion", { values: { rate: 550, arrivals: 1, periods: 21 } }, NARROW],
  ["snat-exhaustion", { values: { rate: 64 } }, RARELY],
  ["address-in-use", {}, ONCE],
  ["tuple-reuse", {}, RARELY],
  ["self-connect", { profile: "linux-pre-6.5" }, ONCE],
  ["time-wait-assassination", {}, RARELY],
  ["myth-fin-timeout", {}, ONCE],
  ["myth-per-host", {}, ONCE],
  ["myth-bind-first", {}, ONCE],
];

test.each(RUNS)("%s holds to its oracles at a fresh seed: %j", (name, choice, how) => {
  const verdicts = judge(name, choice, how);
  for (const { text } of verdicts) covered(`${name}, seed ${LONG_SEED}: ${text}`);
  expect(verdicts.length).toBeGreaterThan(0);
  expect(misses(verdicts)).toEqual([]);
});
