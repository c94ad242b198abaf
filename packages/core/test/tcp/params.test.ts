import { PARAM_BOUNDS, paramProblem, RFC9293, type TcpParams } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";

const MS = 1000;
const SECOND = 1000 * MS;
const HOUR = 3600 * SECOND;

/** The names of the times whose largest value is this. */
function upTo(max: number): string[] {
  return Object.entries(PARAM_BOUNDS)
    .filter(([name, bounds]) => name.endsWith("Us") && bounds.max === max)
    .map(([name]) => name);
}

describe("the bounds of the parameters", () => {
  test("a day: how long an end may go on trying", () => {
    expect(upTo(24 * HOUR)).toEqual([
      "r2Us",
      "synR2Us",
      "synAckR2Us",
      "userTimeoutUs",
      "keepAliveIdleUs",
      "orphanR2Us",
      "userTimeoutLimitUs",
    ]);
  });

  test("an hour: what is waited for once", () => {
    expect(upTo(HOUR)).toEqual([
      "mslUs",
      "initialRtoUs",
      "minRtoUs",
      "maxRtoUs",
      "rtoAfterLostSynUs",
      "keepAliveIntervalUs",
      "challengeWindowUs",
      "orphanFinWait2Us",
    ]);
  });

  test("a second: clocks and slops; less than half of one: a delayed ACK (MUST-40)", () => {
    expect(upTo(SECOND)).toEqual(["clockGranularityUs", "timestampTickUs", "rtoSlopUs"]);
    expect(PARAM_BOUNDS.delayedAckUs).toEqual({ min: 0, max: 499_999 });
  });

  test("a millisecond at least: an RTO and a tick of the timestamps", () => {
    const names = Object.entries(PARAM_BOUNDS).filter(([, { min }]) => min === MS);
    expect(names.map(([name]) => name)).toEqual([
      "initialRtoUs",
      "minRtoUs",
      "maxRtoUs",
      "rtoAfterLostSynUs",
      "timestampTickUs",
    ]);
  });

  const all = Object.entries(PARAM_BOUNDS);

  test.each(all)("%s: both ends of %j are right, what is beyond them is not", (name, bounds) => {
    const { min, max } = bounds;
    for (const value of [min, max]) expect(paramProblem(name, value)).toBeUndefined();
    for (const value of [min - 1, max + 1, min + 0.5, "1", undefined, Number.NaN]) {
      expect(paramProblem(name, value)).toBe(
        `${name} is ${JSON.stringify(value)}, but it should be an integer from ${min} to ${max}`,
      );
    }
  });

  test("a name that there is not is answered with those that there are", () => {
    expect(paramProblem("mslus", 1)).toMatch(/^"mslus" is no parameter; there are mslUs, .*, trim/);
  });
});

describe("RFC 9293's values", () => {
  test.each<[keyof TcpParams, number]>([
    ["mslUs", 120],
    ["initialRtoUs", 1],
    ["minRtoUs", 1],
    ["maxRtoUs", 60],
    ["rtoAfterLostSynUs", 3],
    ["r2Us", 100],
    ["synR2Us", 180],
    ["synAckR2Us", 180],
    ["userTimeoutUs", 300],
    ["keepAliveIdleUs", 7200],
    ["keepAliveIntervalUs", 75],
    ["challengeWindowUs", 5],
    ["userTimeoutLimitUs", 3600],
  ])("%s is %d s", (name, seconds) => {
    expect(RFC9293[name]).toBe(seconds * SECOND);
  });

  test("there is one for each bound, and they are within them", () => {
    expect(Object.keys(RFC9293)).toEqual(Object.keys(PARAM_BOUNDS));
    const problems = Object.entries(RFC9293).map(([name, value]) => paramProblem(name, value));
    expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
  });
});
