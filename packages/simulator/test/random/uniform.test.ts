import { expect, test } from "vitest";
import { geometric, uniform } from "../../src/random/uniform.ts";
import { distance, mean, sample, script, variance } from "./samples.ts";

test("words that would favour small numbers are passed over", () => {
  // 2³² is 1 more than a multiple of 3: the last word is one too many.
  expect(uniform(3, script(0xffff_ffff, 7))).toBe(1);
  expect(uniform(3, script(0xffff_fffe))).toBe(2);
});

test("over 32 bits, two words make 53 bits", () => {
  expect(uniform(2 ** 53, script(0xffff_ffff, 0xffff_ffff))).toBe(2 ** 53 - 1);
  expect(uniform(2 ** 53, script(0x800, 5))).toBe(2 ** 32 + 5);
  // 2⁵³ is 2 more than a multiple of 6: the last two values are passed over.
  expect(uniform(2 ** 52 + 2, script(0xffff_ffff, 0xffff_ffff, 0, 9))).toBe(9);
});

test("one of one is always the first", () => {
  expect(uniform(1, script(0xffff_ffff))).toBe(0);
});

test.each([3_000_000_000, 3 * 2 ** 51])("draws below %d are even", (limit) => {
  const draws = sample(100_000, 2, (words) => uniform(limit, words));
  expect(distance(draws, (value) => value / limit)).toBeLessThan(1.95);
});

test("a die shows each of its faces as often (χ² with 5 degrees, p > 0.001)", () => {
  const faces = new Array<number>(6).fill(0);
  for (const face of sample(60_000, 3, (words) => uniform(6, words))) {
    faces[face] = (faces[face] ?? 0) + 1;
  }
  const chi2 = faces.reduce((sum, seen) => sum + (seen - 10_000) ** 2 / 10_000, 0);
  expect(chi2).toBeLessThan(20.5);
});

test("failures before a success of one in eight: seven, with the variance of 56", () => {
  const draws = sample(50_000, 1, (words) => geometric(1, 8, words));
  expect(Math.abs(mean(draws) - 7)).toBeLessThan(3.3 * Math.sqrt(56 / 50_000));
  expect(Math.abs(variance(draws) / 56 - 1)).toBeLessThan(0.06);
  const none = draws.filter((failures) => failures === 0).length;
  expect(Math.abs(none / 50_000 - 1 / 8)).toBeLessThan(0.005);
});

test("a sure thing never fails", () => {
  expect(geometric(5, 5, script(4))).toBe(0);
});

test("limits and chances that are none are bugs", () => {
  expect(() => uniform(0, script())).toThrow("the limit is 0");
  expect(() => uniform(2 ** 54, script())).toThrow("the limit is 18014398509481984");
  expect(() => geometric(0, 5, script())).toThrow("the chance is 0/5");
  expect(() => geometric(6, 5, script())).toThrow("the chance is 6/5");
});
