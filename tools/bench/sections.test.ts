import { afterAll, expect, test } from "vitest";
import { removeCompiled } from "./compile.mjs";
import { alive, crowd, profile } from "./crowd.mjs";
import type { Sizes } from "./options.mjs";
import { measureReport } from "./report.mjs";
import { figuresInTurns } from "./turns.mjs";

afterAll(removeCompiled);

/** Few and cold: what is measured here is not meant to say anything. */
const TINY: Sizes = {
  ...{ rounds: 2, warm: false, crowd: [60], huge: [], linux: 50, ns3: 20 },
  ...{ alive: [70], calls: 40, paranoid: [30], chromium: [], profile: 500 },
  element: { rounds: 1, seconds: 0.2 },
  ...{ step: { times: 300, rounds: 2 }, codec: { packets: 1024, rounds: 2, npm: false } },
};

test("in one report stand all figures, seven arrivals each, and the targets", async () => {
  const seen: string[] = [];
  const sections = ["step", "codec", "exact", "alive", "crowd", "chromium"];
  const measured = await measureReport({ sections, sizes: TINY }, (text) => seen.push(text));
  const report = JSON.parse(JSON.stringify(measured));
  expect(Object.keys(report)).toEqual(["machine", "sections", "targets"]);
  expect(Object.keys(report.sections)).toEqual(sections);
  expect(report.machine).toEqual({
    node: process.version,
    processor: expect.any(String),
    cores: expect.any(Number),
    seconds: expect.any(Number),
  });
  const [{ ours, connections }] = report.sections.crowd.sizes;
  expect(connections).toBe(60);
  expect(ours).toMatchObject({
    cpu: { roundsNs: [expect.any(Number), expect.any(Number)] },
    wall: { medianNs: expect.any(Number) },
    last: { arrivals: 7 * 60, digest: expect.stringMatching(/^[0-9a-f]{16}$/) },
  });
  expect(ours.last.bytesPerConnection).toBeGreaterThan(100);
  const exact = report.targets.filter((target: { exact: boolean }) => target.exact);
  expect(exact.map(({ met }: { met: boolean }) => met)).toEqual([true, true, true, true]);
  expect(exact).toMatchObject([{ measured: 7 }, { measured: 7 }, {}, {}]);
  expect(report.sections.exact.calls.calls).toEqual({
    segmentArrives: 6 * 40,
    listenSegmentArrives: 40,
    closedSegmentArrives: 0,
  });
  expect(seen).toContain("crowd: round 2 of 2: synfin");
});

test("so many are alive at once, and their bytes are counted twice over", async () => {
  const figure = await alive(2000);
  expect(figure).toMatchObject({ connections: 2000, alive: 2000 });
  expect(figure.bytesPerConnection).toBeCloseTo(figure.arrayBytes / 2000, 0);
  expect(figure.bytesPerConnection).toBeGreaterThan(100);
  expect(figure.bytesPerConnection).toBeLessThan(1000);
  expect(figure.rssBytesPerConnection).toBeGreaterThan(100);
  expect(figure.rssBytesPerConnection).toBeLessThan(100_000);
  expect(figure.rssBytes).toBeGreaterThan(figure.arrayBytes);
});

test("the simulator's digest depends on the run, and in no way on the round", async () => {
  const { digest } = await crowd(100);
  expect((await crowd(100, { paranoid: true })).digest).toBe(digest);
  expect((await crowd(101)).digest).not.toBe(digest);
});

test("two rounds that differ are a bug, and are not averaged", async () => {
  let round = 0;
  const figure = { name: "it", connections: 1, lifecyclesPerSecond: 1, seconds: 1, cpuSeconds: 1 };
  const run = async () => {
    round += 1;
    return { ...figure, digest: `${round}` };
  };
  const options = { rounds: 2, progress: () => {} };
  await expect(figuresInTurns([run], options)).rejects.toThrow("it: two runs of the same 1");
});

test("a profile finds functions of the machine, with their files", async () => {
  const { places, nsPerLifecycle } = await profile(20_000);
  const names = places.map(({ name }) => name);
  expect(names).toContain("segmentArrives");
  const sum = places.reduce((total, { ns }) => total + ns, 0);
  expect(sum).toBeCloseTo(nsPerLifecycle, 3);
  expect(places.find(({ name }) => name === "segmentArrives")?.where).toMatch(/^bulk\.js:\d+$/);
});
