import { checkLoadSpec, DEFAULT_LOAD } from "@synfin/simulator/load";
import { expect, test } from "vitest";
import {
  DEFAULT_SETTINGS,
  expectedExtent,
  settingErrors,
  specOf,
} from "../../src/load/settings.ts";

test("the default settings are the default load", () => {
  expect(specOf(DEFAULT_SETTINGS)).toEqual(DEFAULT_LOAD);
  expect(settingErrors(DEFAULT_SETTINGS)).toEqual([]);
});

test("what the settings let through, the simulator runs", () => {
  for (const settings of [
    { connections: 1, rate: 1, seed: 0 },
    { connections: 100_000, rate: 1_000_000, seed: 0xffff_ffff },
  ]) {
    expect(settingErrors(settings)).toEqual([]);
    expect(checkLoadSpec(specOf(settings))).toEqual([]);
  }
});

test("each setting out of its bounds is named with value and bounds", () => {
  expect(settingErrors({ connections: 0, rate: Number.NaN, seed: 1.5 })).toEqual([
    { field: "connections", value: 0, least: 1, most: 100_000 },
    { field: "rate", value: Number.NaN, least: 1, most: 1_000_000 },
    { field: "seed", value: 1.5, least: 0, most: 0xffff_ffff },
  ]);
});

test("the axes are known before the run: opening, holding, and 2MSL", () => {
  // 100 s of opening, 20 s and six one-way delays open, 240 s of TIME-WAIT.
  const extent = expectedExtent(DEFAULT_LOAD);
  expect(extent.endUs).toBe(360_120_000);
  expect(extent.alive).toBe(10_000);
  expect(extent.open).toBe(2_012);
  const short = { ...DEFAULT_LOAD, params: { mslUs: 1_000_000 } };
  expect(expectedExtent(short).endUs).toBe(122_120_000);
});
