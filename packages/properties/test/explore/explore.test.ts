import { readFileSync } from "node:fs";
import { type ExploreOptions, explore } from "@synfin/properties/explore";
import { describe, expect, test } from "vitest";

/** What there is within small bounds, in one table: a change of it is news. */
const SPACES: readonly (readonly [options: ExploreOptions, figures: readonly number[]])[] = [
  [{}, [72, 100, 13]],
  [{ data: 1 }, [459, 796, 16]],
  [{ data: 2 }, [4249, 8852, 22]],
  [{ data: 1, loss: 1 }, [4990, 8931, 22]],
  [{ data: 1, duplicate: 1 }, [5411, 10652, 18]],
  [{ data: 1, reorder: 1 }, [18761, 38311, 25]],
  [{ loss: 1, duplicate: 1, reorder: 1 }, [105126, 228860, 157]],
  [{ open: "both" }, [201, 320, 14]],
  [{ open: "both", data: 1, loss: 1 }, [5522, 10356, 21]],
  [{ abort: 1 }, [444, 791, 15]],
  [{ abort: 1, loss: 1, duplicate: 1 }, [25594, 59515, 225]],
];

test.each(SPACES)("%j has its states, steps and depth, and no breach", (options, figures) => {
  const report = explore(options);
  expect(report.counterexample?.ladder).toBeUndefined();
  expect(report.partial).toBe(false);
  expect(report.comesToRest).toBe(true);
  expect([report.states, report.transitions, report.depth]).toEqual(figures);
});

test("the README and the page have its figures", () => {
  const { states, transitions } = explore({ loss: 1, duplicate: 1, data: 1 });
  expect([states, transitions]).toEqual([51_772, 105_429]);
  expect(readFileSync("README.md", "utf8")).toContain("# 51,772 states");
  const page = readFileSync("apps/docs/reference/explorer.md", "utf8");
  expect(page).toContain("| 1 | 1 | 0 | 1 | | 51,772 | 105,429 |");
});

test("sequence numbers make no difference, the wrap included", () => {
  const bounds = { data: 1, reorder: 1 };
  const { collisionChance: _, ...plain } = explore(bounds);
  const isns = [
    [0xffff_ff9c, 1],
    [0x7fff_ffff, 0xffff_ffff],
  ] as const;
  for (const pair of isns) {
    const { collisionChance: _, ...shifted } = explore({ ...bounds, isns: pair });
    expect(shifted).toEqual(plain);
  }
});

test("how a connection ends is counted, and both can be closed", () => {
  const { outcomes } = explore({ data: 1, loss: 1 });
  expect(Object.keys(outcomes).sort()).toEqual([
    "both closed",
    "client CLOSE, server never opened",
    "client CLOSE, server rcv RST",
    "client rcv RST, server never opened",
  ]);
});

test("a peer that is given up needs as many losses as were sent in vain", () => {
  expect(Object.keys(explore({ loss: 5 }).outcomes).join()).not.toContain("R2");
  expect(Object.keys(explore({ loss: 6 }).outcomes).join()).toContain("R2");
});

test("only R2 ends what an old duplicate SYN has opened and its user has closed at once", () => {
  const { outcomes } = explore({ duplicate: 1, reorder: 1 });
  expect(outcomes["client closed, server R2 timeout"]).toBeGreaterThan(0);
  // With text still to be sent it stays in SYN-RECEIVED, where a reset ends it.
  const withText = explore({ duplicate: 1, reorder: 1, data: 1 }).outcomes;
  expect(Object.keys(withText).join()).not.toContain("R2");
});

test("what is stopped is partial", () => {
  const report = explore({ loss: 1, data: 1, mostStates: 500 });
  expect(report.partial).toBe(true);
  expect(report.comesToRest).toBe(false);
  expect(report.states).toBeGreaterThanOrEqual(500);
  expect(report.states).toBeLessThan(520);
});

describe("a bad option is named, with its value and what would be right", () => {
  test.each<[ExploreOptions, string]>([
    [{ loss: -1 }, "loss is -1, but it should be a whole number from 0 to 9"],
    [{ duplicate: 1.5 }, "duplicate is 1.5, but it should be a whole number from 0 to 9"],
    [{ data: 10 }, "data is 10, but it should be a whole number from 0 to 9"],
    [{ isns: [0, 5] }, "isns is 0, but it should be a whole number from 1 to 4294967295"],
    [{ mostStates: 0 }, "mostStates is 0, but it should be a whole number from 1 to 67108864"],
    [{ params: { mss: 1 } }, "mss is 1, but it should be an integer from 64 to 65495"],
    [{ params: { timestamps: 1 } }, "timestamps is 1, but the explorer needs it to be 0"],
    [{ open: "none" as "one" }, 'open is "none", but it should be "one" or "both"'],
  ])("%j", (options, message) => {
    expect(() => explore(options)).toThrow(new RangeError(message));
  });
});
