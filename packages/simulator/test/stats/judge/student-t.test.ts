import { expect, test } from "vitest";
import { normalQuantile } from "../../../src/stats/judge/normal.ts";
import { studentT } from "../../../src/stats/judge/student-t.ts";

test.each([
  [1, 12.706, 63.657],
  [2, 4.303, 9.925],
  [3, 3.182, 5.841],
  [4, 2.776, 4.604],
  [5, 2.571, 4.032],
  [9, 2.262, 3.25],
  [10, 2.228, 3.169],
  [20, 2.086, 2.845],
  [30, 2.042, 2.75],
  [60, 2.0, 2.66],
  [120, 1.98, 2.617],
])("%d degrees of freedom, as tables have them: %f and %f", (degrees, at95, at99) => {
  expect(studentT(0.95, degrees)).toBeCloseTo(at95, 3);
  expect(studentT(0.99, degrees)).toBeCloseTo(at99, 3);
});

test("one and two degrees have closed forms", () => {
  for (const level of [0.1, 0.5, 0.95, 0.999]) {
    expect(studentT(level, 1)).toBeCloseTo(Math.tan((Math.PI * level) / 2), 9);
    expect(studentT(level, 2)).toBeCloseTo(level * Math.sqrt(2 / (1 - level * level)), 10);
  }
});

test("the sum and the correction of the normal meet without a step", () => {
  for (const level of [0.5, 0.95, 0.99, 0.9999]) {
    const before = studentT(level, 1_999);
    const after = studentT(level, 2_000);
    const next = studentT(level, 2_001);
    expect(before).toBeGreaterThan(after);
    expect(Math.abs(before - after - (after - next))).toBeLessThan(1e-7);
  }
});

test("with many degrees it becomes the normal", () => {
  expect(normalQuantile(0.95)).toBeCloseTo(1.959_963_984_540_054, 13);
  expect(normalQuantile(0.99)).toBeCloseTo(2.575_829_303_548_901, 13);
  expect(normalQuantile(0.999_999)).toBeCloseTo(4.891_638_475_699, 9);
  expect(studentT(0.99, 1e9)).toBeCloseTo(2.575_829_303_548_901, 7);
});

test("levels and degrees that are none are bugs", () => {
  expect(() => studentT(1, 5)).toThrow("the level is 1; it must be over 0 and below 1");
  expect(() => studentT(0.95, 0)).toThrow("0 degrees of freedom");
});
