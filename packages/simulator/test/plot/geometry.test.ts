import { State } from "@synfin/core/tcp";
import type { CensusRow } from "@synfin/simulator/bulk";
import { expect, test } from "vitest";
import { bandsOf, countOf, totalOf } from "../../src/plot/bands.ts";
import {
  chartFrame,
  countTicks,
  stackedAreas,
  timeTicks,
  xOf,
  yOf,
} from "../../src/plot/geometry.ts";
import { niceStep, roundUp } from "../../src/plot/steps.ts";

const SECOND = 1_000_000;
const [CLIENT, SERVER] = [0, 1];

function row(atUs: number, client: Partial<Record<State, number>>): CensusRow {
  const counts = Array.from({ length: 11 }, (_, state) => client[state as State] ?? 0);
  return { atUs, alive: 0, states: [...counts, ...counts] };
}

const census = [
  row(0, { [State.SYN_SENT]: 100 }),
  row(50 * SECOND, { [State.ESTABLISHED]: 60, [State.TIME_WAIT]: 40 }),
  row(100 * SECOND, { [State.TIME_WAIT]: 100 }),
];
const frame = chartFrame(600, 100 * SECOND, 100);

test("time runs over the whole width, counts over the whole height", () => {
  expect([xOf(frame, 0), xOf(frame, 100 * SECOND)]).toEqual([46, 588]);
  expect([yOf(frame, 0), yOf(frame, 100)]).toEqual([244, 12]);
});

test("the top of the chart is a round number that holds the crowd", () => {
  expect(chartFrame(600, 1, 9_870).maxCount).toBe(10_000);
  expect(chartFrame(600, 1, 10_000).maxCount).toBe(10_000);
  expect(chartFrame(600, 1, 10_001).maxCount).toBe(15_000);
  expect(chartFrame(600, 1, 0).maxCount).toBe(1);
});

test.each([
  [10_000, 5, 2_000],
  [9_999, 5, 2_000],
  [28_232, 5, 10_000],
  [7, 5, 2],
  [1, 5, 1],
])("%d in about %d steps goes by %d", (max, wanted, step) => {
  expect(niceStep(max, wanted)).toBe(step);
});

test.each([
  [0.03, 0.05],
  [0.01, 0.01],
  [0.7, 1],
  [40_001, 50_000],
])("%d is rounded up to %d", (rough, step) => {
  expect(roundUp(rough)).toBeCloseTo(step, 12);
});

test("ticks of counts go up to the top", () => {
  expect(countTicks(frame).map(({ value }) => value)).toEqual([0, 20, 40, 60, 80, 100]);
});

test("ticks of time are those of a clock, fewer where it is narrow", () => {
  const wide = timeTicks(chartFrame(800, 360 * SECOND, 1)).map(({ value }) => value / SECOND);
  const narrow = timeTicks(chartFrame(320, 360 * SECOND, 1)).map(({ value }) => value / SECOND);
  expect(wide).toEqual([0, 60, 120, 180, 240, 300, 360]);
  expect(narrow).toEqual([0, 120, 240, 360]);
});

test("each layer stands on the ones below it", () => {
  const bands = bandsOf(CLIENT, census);
  const areas = stackedAreas(frame, census, bands, CLIENT);
  const byName = new Map(areas.map((area) => [area.band.name, area]));
  expect(byName.get("TIME-WAIT")?.path).toBe("M46 244L317 151.2L588 12L588 244L317 244L46 244Z");
  expect(byName.get("ESTABLISHED")?.edge).toBe("M46 244L317 12L588 12");
  expect(byName.get("SYN-SENT")?.edge).toBe("M46 12L317 12L588 12");
});

test("a name stands inside its layer, or not at all", () => {
  const dense = Array.from({ length: 101 }, (_, n) => {
    return row(n * SECOND, { [State.TIME_WAIT]: 97, [State.ESTABLISHED]: 3 });
  });
  const areas = stackedAreas(frame, dense, bandsOf(CLIENT, dense), CLIENT);
  const label = areas.find(({ band }) => band.name === "TIME-WAIT")?.label;
  expect(label?.y).toBeGreaterThan(yOf(frame, 97) + 9);
  expect(label?.y).toBeLessThan(yOf(frame, 0));
  expect(areas.find(({ band }) => band.name === "ESTABLISHED")?.label).toBeUndefined();
});

test("one sample is no area yet", () => {
  const areas = stackedAreas(frame, census.slice(0, 1), bandsOf(CLIENT, []), CLIENT);
  expect(areas.map(({ path, edge }) => path + edge)).toEqual(["", "", "", "", ""]);
});

test("usual states are always named; others only where they occur", () => {
  const names = (rows: readonly CensusRow[]): string[] =>
    bandsOf(SERVER, rows).map(({ name }) => name);
  expect(names([])).toEqual(["LAST-ACK", "CLOSE-WAIT", "ESTABLISHED", "SYN-RECEIVED"]);
  expect(names([row(0, { [State.TIME_WAIT]: 1 })])).toContain("TIME-WAIT");
});

test("no two states that a host usually has are hatched alike, so colour is not needed", () => {
  for (const host of [CLIENT, SERVER]) {
    const textures = bandsOf(host, []).map(({ texture }) => texture);
    expect(new Set(textures).size).toBe(textures.length);
  }
});

test("no two states at all are alike in colour and hatching", () => {
  const everything = Object.fromEntries(Object.values(State).map((state) => [state, 1]));
  const looks = bandsOf(CLIENT, [row(0, everything)]).map(({ group, texture }) => group + texture);
  expect(looks).toHaveLength(9);
  expect(new Set(looks).size).toBe(9);
});

test("counts and totals are those of the host", () => {
  const [, middle] = census;
  if (middle === undefined) throw new Error("the census has three rows");
  expect(countOf(middle, CLIENT, State.ESTABLISHED)).toBe(60);
  expect(totalOf(middle, CLIENT, bandsOf(CLIENT, census))).toBe(100);
});
