import {
  PARAM_BOUNDS,
  PROFILE_NAMES,
  PROFILE_SOURCES,
  PROFILES,
  type ProfileName,
  paramProblem,
  RFC9293,
  type TcpParams,
} from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { established, SECOND, synSent } from "./support/machine.ts";

describe.each(PROFILE_NAMES)("%s", (name) => {
  const { params } = PROFILES[name];
  const sources = PROFILE_SOURCES[name];

  test("has a source for every value that differs from RFC 9293's", () => {
    const differing = (Object.keys(PARAM_BOUNDS) as (keyof TcpParams)[]).filter(
      (key) => params[key] !== RFC9293[key] && key !== "optionLayout",
    );
    expect(differing.filter((key) => sources[key] === undefined)).toEqual([]);
  });

  test("keeps within the bounds", () => {
    const problems = Object.entries(params).map(([key, value]) => paramProblem(key, value));
    expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
  });
});

/** When a SYN that no one answers goes out, and when it is given up; in seconds. */
function synSchedule(name: ProfileName): number[] {
  const machine = synSent(PROFILES[name].params);
  const times: number[] = [];
  while (machine.tcb.state !== 0) {
    machine.timeout();
    times.push(machine.nowUs / SECOND);
  }
  return times;
}

describe("the SYN schedule", () => {
  test.each<[ProfileName, number[]]>([
    ["rfc9293", [1, 3, 7, 15, 31, 63, 123, 183]],
    ["linux", [1, 2, 3, 4, 5, 7, 11, 19, 35, 67, 131]],
    ["linux-pre-6.5", [1, 3, 7, 15, 31, 63, 127]],
    // 200 ms more each time, and given up after 75 s whatever the next timeout is.
    ["freebsd", [1, 3.2, 7.4, 15.6, 31.8, 64, 75]],
    ["macos", [1, 2, 3, 4, 5, 7, 11, 19, 35, 67, 75]],
    ["windows", [3, 9, 21]],
  ])("of %s", (name, expected) => {
    expect(synSchedule(name)).toEqual(expected);
  });
});

test.each<[ProfileName, number]>([
  ["rfc9293", 240],
  ["linux", 60],
  ["freebsd", 60],
  ["macos", 30],
])("TIME-WAIT of %s lasts %i s", (name, seconds) => {
  expect((2 * PROFILES[name].params.mslUs) / SECOND).toBe(seconds);
});

test("Linux gives data up after 924.6 s", () => {
  const machine = established(PROFILES.linux.params);
  machine.send(10);
  while (machine.tcb.state !== 0) machine.timeout();
  expect(machine.nowUs / SECOND).toBeCloseTo(924.6, 1);
});
