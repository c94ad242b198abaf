import { expect, test } from "vitest";
import { HELP, readOptions, SECTIONS } from "./options.mjs";
import { summarize } from "./profile.mjs";
import type { Sections } from "./sections.mjs";
import { formatProfile, formatReport } from "./table.mjs";
import { clockOf, targetsOf } from "./targets.mjs";
import type { Timed } from "./turns.mjs";

/** Rounds of so many nanoseconds for a lifecycle; by default the wall agrees with the processor. */
function timed(connections: number, ns: readonly number[], wallNs = ns, digest = "aa"): Timed {
  const name = `run of ${connections}`;
  const clock = (rounds: readonly number[]) => {
    const sorted = rounds.toSorted((a, b) => a - b);
    const medianNs = sorted[rounds.length >> 1] ?? 0;
    return { name, bestNs: sorted[0] ?? 0, medianNs, roundsNs: rounds };
  };
  const last = {
    ...{ name, connections, digest, lifecyclesPerSecond: 1, seconds: 1, cpuSeconds: 1 },
    ...{ events: 10 * connections, arrivals: 7 * connections, bytesPerConnection: 300 },
  };
  return { name, connections, cpu: clock(ns), wall: clock(wallNs), last };
}

/** A run in which every target is met. */
function goodRun() {
  const [million, base] = [1_000_000, 100_000];
  const calls = { segmentArrives: 60, listenSegmentArrives: 10, closedSegmentArrives: 0 };
  return {
    step: [{ name: "in-order text", ns: 200, timesRow: 2 }],
    codec: [{ name: "npm's", skipped: "no npm" }],
    exact: {
      calls: { connections: 10, arrivals: 70, calls, digests: { built: "aa", modules: "aa" } },
      digests: [{ connections: 10, plain: "aa", paranoid: "aa", times: 2 }],
    },
    alive: [weighed(10_000_000, 300)],
    crowd: {
      rounds: 3,
      cores: 2,
      linuxOne: timed(40_000, [20_000, 40_000, 40_000]),
      linuxMany: timed(40_000, [19_000, 38_000, 38_000]),
      sizes: [
        {
          connections: million,
          ours: timed(million, [1000, 2000, 2000]),
          c: timed(million, [600]),
        },
        {
          connections: 10 * million,
          ours: timed(10 * million, [2400]),
          c: timed(10 * million, [700]),
          base: timed(base, [2000]),
        },
      ],
    },
    ns3: { ours: timed(5000, [2000]), theirs: timed(5000, [2_000_000]) },
    chromium: [{ connections: base, node: timed(base, [2000]), chromium: timed(base, [1800]) }],
  } satisfies Sections;
}

function weighed(alive: number, bytes: number) {
  const sizes = { bytesPerConnection: bytes, rssBytesPerConnection: 2 * bytes };
  return { name: "us", connections: alive, alive, arrayBytes: 1, rssBytes: 2, ...sizes };
}

/** The targets that a run misses, by name. */
function missed(sections: Sections): string[] {
  return targetsOf(sections)
    .filter(({ met, binds }) => binds && met === false)
    .map(({ name }) => name);
}

test("a good run misses nothing, and every target of it is measured", () => {
  const targets = targetsOf(goodRun());
  expect(missed(goodRun())).toEqual([]);
  expect(targets.filter(({ met }) => met === undefined)).toEqual([]);
  expect(targets).toHaveLength(16);
});

test("each target that is missed is said to be missed, and no other", () => {
  const run = goodRun();
  const { crowd, exact } = run;
  const slow = { ...crowd, linuxOne: timed(40_000, [60_000, 60_000, 60_000]) };
  const slowest = { ours: timed(1_000_000, [3000, 3000, 3000]), c: timed(1_000_000, [900]) };
  const [million, huge] = crowd.sizes;
  if (million === undefined || huge?.base === undefined) throw new Error("two sizes");
  const misses: [string, Sections][] = [
    ["lifecycles/s", { crowd: { ...slow, sizes: [{ ...million, ...slowest }, huge] } }],
    ["times Linux, one", { crowd: { ...crowd, linuxOne: timed(9, [14_000, 28_000, 28_000]) } }],
    ["times the C limit", { crowd: { ...crowd, sizes: [{ ...million, c: timed(9, [200]) }] } }],
    ["cost of a lifecycle", { crowd: { ...crowd, sizes: [{ ...huge, base: timed(9, [1500]) }] } }],
    ["times ns-3", { ns3: { ours: timed(5000, [2000]), theirs: timed(5000, [99_000]) } }],
    ["bytes per connection", { alive: [weighed(10_000_000, 385)] }],
    ["ESTABLISHED", { alive: [weighed(10_000_000, 300)].map((one) => ({ ...one, alive: 9 })) }],
    ["a step", { step: [{ name: "in-order text", ns: 301, timesRow: 2 }] }],
    ["calls of", { exact: { ...exact, calls: { ...exact.calls, calls: { segmentArrives: 69 } } } }],
    ["arrivals", { exact: { ...exact, calls: { ...exact.calls, arrivals: 71 } } }],
    [
      "digest of the run that was counted",
      { exact: { ...exact, calls: { ...exact.calls, digests: { built: "aa", modules: "ab" } } } },
    ],
    ["digest in paranoid", { exact: { ...exact, digests: [other()] } }],
    ["digest in Chromium", { chromium: [{ ...run.chromium[0], ...strange() }] }],
  ];
  for (const [name, sections] of misses) {
    expect(missed(sections)).toEqual([expect.stringContaining(name)]);
    expect(formatReport(reportOf(sections))).toContain("MISSED");
  }
});

function other() {
  return { connections: 10, plain: "aa", paranoid: "ab", times: 2 };
}

function strange() {
  const node = timed(9, [2000]);
  return { connections: 9, node, chromium: timed(9, [1800], [1800], "bb") };
}

test("a ratio is the median of those of neighbours in time, beside both absolutes", () => {
  const targets = targetsOf(goodRun());
  expect(targets.find(({ name }) => name.startsWith("times Linux, one"))).toMatchObject({
    measured: 20,
    detail: "40.0 / 2.00 µs each",
  });
});

test("on a busy machine the processor's clock counts, and on a quiet one the wall's", () => {
  const { crowd } = goodRun();
  const busy = timed(1_000_000, [2000, 2000, 2000], [9000, 9000, 9000]);
  const sections = {
    crowd: { ...crowd, sizes: [{ connections: 1_000_000, ours: busy, c: busy }] },
  };
  expect(clockOf({ crowd })).toBe("wall");
  expect(clockOf(sections)).toBe("cpu");
  expect(targetsOf(sections)[0]).toMatchObject({ measured: 500_000, met: true });
  expect(formatReport(reportOf(sections))).toContain("The machine was busy (a run took 4.50 times");
});

test("what was not measured is neither met nor missed, and says how to measure it", () => {
  const { crowd, ns3 } = goodRun();
  const without = { name: "ns-3", skipped: "c++ is not installed" };
  const [million] = crowd.sizes;
  if (million === undefined) throw new Error("there is no size");
  const sections = {
    crowd: { ...crowd, sizes: [million] },
    ns3: { ...ns3, theirs: without },
    chromium: [{ connections: 9, node: timed(9, [1]), chromium: { name: "it", skipped: "none" } }],
  };
  const open = targetsOf(sections).filter(({ met }) => met === undefined);
  expect(open.map(({ detail }) => detail)).toEqual([
    "--all measures it",
    "c++ is not installed",
    "none",
  ]);
  const text = formatReport(reportOf(sections));
  expect(text.match(/not measured/g)).toHaveLength(3);
  expect(text).toContain("ns-3: skipped, c++ is not installed");
});

test("the report is one table of all figures, its columns aligned", () => {
  const lines = formatReport(reportOf(goodRun())).split("\n");
  expect(lines[0]).toBe("Node v20 on 2 × a processor; 12 s");
  const head = lines.findIndex((line) => line.startsWith("Lifecycles in turns"));
  const [titles = "", first = ""] = lines.slice(head, head + 2);
  expect(titles.indexOf("/s cpu")).toBeGreaterThan(0);
  expect(first.slice(0, titles.indexOf("/s cpu") + 6)).toMatch(/500,000 +500,000$/);
  expect(lines.find((line) => line.startsWith("10,000,000 "))).toMatch(/ 300\.0 .* 600\.0$/);
  for (const line of lines) expect(line).toBe(line.trimEnd());
});

test("a profile shares the processor's time out by samples, without those of waiting", () => {
  const frame = (functionName: string, url: string) => {
    return { functionName, url, scriptId: "1", lineNumber: 9, columnNumber: 0 };
  };
  const nodes = [
    { id: 1, callFrame: frame("pop", "file:///a/queue.js"), hitCount: 1 },
    { id: 2, callFrame: frame("run", "file:///a/cell.js"), hitCount: 5 },
    { id: 3, callFrame: frame("pop", "file:///a/queue.js"), hitCount: 2 },
    { id: 4, callFrame: frame("(idle)", ""), hitCount: 100 },
  ];
  const profile = summarize({ nodes, startTime: 0, endTime: 1 }, 1000, 800);
  expect(profile).toMatchObject({ samples: 8, nsPerLifecycle: 800 });
  expect(profile.places).toEqual([
    { name: "run", where: "cell.js:10", ns: 500, share: 5 / 8 },
    { name: "pop", where: "queue.js:10", ns: 300, share: 3 / 8 },
  ]);
  expect(formatProfile(profile)).toMatch(/^pop +300\.0 +37\.5 % +queue\.js:10$/m);
});

test("the command line: all sections or some, and a wrong one is told what there is", () => {
  expect(readOptions([]).sections).toEqual(SECTIONS);
  const { sections } = readOptions(["--only", "ns3", "--only", "step"]);
  expect(sections).toEqual(["step", "ns3"]);
  expect(readOptions(["--all"]).sizes.huge).toEqual([10_000_000]);
  expect(readOptions([]).sizes.huge).toEqual([]);
  expect(() => readOptions(["--only", "stepp"])).toThrow(`no section "stepp"; there are step, `);
  expect(() => readOptions(["--al"])).toThrow("--al");
  for (const name of SECTIONS) expect(HELP).toContain(`  ${name} `);
});

function reportOf(sections: Sections) {
  const machine = { node: "v20", processor: "a processor", cores: 2, seconds: 12 };
  return { machine, sections, targets: targetsOf(sections) };
}
