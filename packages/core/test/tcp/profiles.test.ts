import {
  findProfile,
  PROFILE_NAMES,
  PROFILES,
  type ProfileName,
  paramProblem,
  type TcpParams,
} from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { established, SECOND, synSent } from "./support/machine.ts";

describe.each(PROFILE_NAMES)("%s", (name) => {
  const { params } = PROFILES[name];

  test("is found by its name, and has a title", () => {
    expect(findProfile(name)).toBe(PROFILES[name]);
    expect(PROFILES[name].name).toBe(name);
    expect(PROFILES[name].title.toLowerCase()).toContain(name.split("-")[0]?.slice(0, 3));
  });

  test("has ephemeral ports, the last above the first", () => {
    const [first, last] = PROFILES[name].ephemeralPorts;
    expect(first).toBeGreaterThan(1023);
    expect(last).toBeGreaterThan(first);
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

test("a name that is no profile's finds none", () => {
  expect(findProfile("beos")).toBeUndefined();
});

describe("what a system is known for, in milliseconds", () => {
  const LINUX = { minRtoUs: 200, maxRtoUs: 120_000, clockGranularityUs: 200, delayedAckUs: 40 };
  const KEPT = { orphanFinWait2Us: 60_000, orphanR2Us: 102_200, challengeWindowUs: 500 };
  const FREEBSD = { minRtoUs: 30, maxRtoUs: 64_000, delayedAckUs: 40, orphanFinWait2Us: 60_000 };

  test.each<[ProfileName, Partial<TcpParams>]>([
    ["linux", { ...LINUX, ...KEPT, synR2Us: 131_000, synAckR2Us: 63_000, r2Us: 924_600 }],
    ["linux-pre-6.5", { ...LINUX, ...KEPT, synR2Us: 127_000, mslUs: 30_000 }],
    ["freebsd", { ...FREEBSD, rtoSlopUs: 200, synR2Us: 75_000, synAckR2Us: 15_000 }],
    ["macos", { ...FREEBSD, rtoSlopUs: 0, mslUs: 15_000 }],
    [
      "windows",
      { mslUs: 60_000, initialRtoUs: 3000, minRtoUs: 300, synR2Us: 21_000, delayedAckUs: 40 },
    ],
    ["windows", { orphanFinWait2Us: 240_000, keepAliveIntervalUs: 1000 }],
  ])("%s: %j", (name, values) => {
    for (const [key, ms] of Object.entries(values)) {
      expect(PROFILES[name].params[key as keyof TcpParams], key).toBe(ms * 1000);
    }
  });
});

test("Linux gives data up after 924.6 s", () => {
  const machine = established(PROFILES.linux.params);
  machine.send(10);
  while (machine.tcb.state !== 0) machine.timeout();
  expect(machine.nowUs / SECOND).toBeCloseTo(924.6, 1);
});
