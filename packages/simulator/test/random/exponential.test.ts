import { drawKey, Purpose } from "@synfin/simulator";
import { expect, test } from "vitest";
import { exponentialFixed, exponentialUs, MAX_MEAN_US } from "../../src/random/exponential.ts";
import { KeyedWords } from "../../src/random/words.ts";
import { distance, mean, sample, script, variance } from "./samples.ts";

const WORD = 2 ** 32;
const MEAN_US = 20_000_000;

/** The distribution function of the exponential with this mean. */
function exponential(meanUs: number): (valueUs: number) => number {
  return (valueUs) => 1 - Math.exp(-valueUs / meanUs);
}

test("a run of one word that rises at once is the fraction", () => {
  expect(exponentialFixed(script(500, 501))).toBe(500);
});

test("a falling run of two words adds one and begins again", () => {
  expect(exponentialFixed(script(500, 400, 401, 7, 8))).toBe(WORD + 7);
});

test("a falling run of three is odd, and so is the end of it", () => {
  expect(exponentialFixed(script(500, 400, 300, 301))).toBe(500);
});

test("equal words are told apart by 32 more bits of each, which stay with the word", () => {
  // 500.9 > 500.2, then 500.3 is not less: two words, even; then 7 < 8: odd.
  expect(exponentialFixed(script(500, 500, 9, 2, 500, 3, 7, 8))).toBe(WORD + 7);
  // 500.9 > 500.2 > 500.1, and 600 is not less: three words, odd.
  expect(exponentialFixed(script(500, 500, 9, 2, 500, 1, 600))).toBe(500);
});

test("a source that is stuck comes to an end all the same", () => {
  expect(exponentialFixed({ next: () => 5 })).toBe(5);
  let n = 0;
  const twoByTwo = { next: () => [9, 8, 9][n++ % 3] ?? 0 };
  expect(exponentialFixed(twoByTwo)).toBe(128 * WORD - 1);
});

test("known answers: the same on every engine, for ever", () => {
  const draws = sample(8, 7, (words) => exponentialUs(MEAN_US, words));
  expect(draws).toMatchInlineSnapshot(`
    [
      36019842,
      16637227,
      33440512,
      13114144,
      24865407,
      1417970,
      27589688,
      37356550,
    ]
  `);
  const fixed = sample(4, 7, exponentialFixed);
  expect(fixed).toMatchInlineSnapshot(`
    [
      7735202046,
      3572817261,
      7181295210,
      2816240959,
    ]
  `);
});

test("half a million draws have the exponential's first three moments", () => {
  const units = sample(500_000, 1, (words) => exponentialUs(MEAN_US, words) / MEAN_US);
  // The standard errors are 1/√n, √8/√n and √(720 − 36)/√n.
  expect(Math.abs(mean(units) - 1)).toBeLessThan(3.3 * 0.001_414);
  expect(Math.abs(variance(units) - 1)).toBeLessThan(3.3 * 0.004);
  expect(Math.abs(mean(units.map((x) => x ** 3)) - 6)).toBeLessThan(3.3 * 0.037);
});

test.each([1, 2, 3, 4, 5])("they are as Kolmogorov and Smirnov want them (seed %d)", (seed) => {
  const draws = sample(100_000, seed, (words) => exponentialUs(MEAN_US, words));
  expect(distance(draws, exponential(MEAN_US))).toBeLessThan(1.95);
});

test("the test of the distribution would notice an error of three hundredths", () => {
  const draws = sample(100_000, 1, (words) => exponentialUs(MEAN_US, words));
  expect(distance(draws, exponential(1.03 * MEAN_US))).toBeGreaterThan(1.95);
});

test("what is left has forgotten how long it has been (seeds 1 to 3)", () => {
  for (const seed of [1, 2, 3]) {
    const draws = sample(200_000, seed, (words) => exponentialUs(MEAN_US, words));
    const left = draws.filter((us) => us > MEAN_US).map((us) => us - MEAN_US);
    expect(left.length).toBeGreaterThan(70_000);
    expect(distance(left, exponential(MEAN_US))).toBeLessThan(1.95);
  }
});

test.each([1, 2, 3, 10, 1000])("a mean of %d µs is met although draws are whole", (meanUs) => {
  const draws = sample(200_000, meanUs, (words) => exponentialUs(meanUs, words));
  expect(draws.every((us) => Number.isInteger(us))).toBe(true);
  const error = Math.abs(mean(draws) / meanUs - 1);
  expect(error).toBeLessThan(3.3 * Math.sqrt((1 + 1 / (4 * meanUs)) / 200_000));
});

test("a mean of 25 days is met, too", () => {
  const draws = sample(100_000, 1, (words) => exponentialUs(MAX_MEAN_US, words));
  expect(distance(draws, exponential(MAX_MEAN_US))).toBeLessThan(1.95);
  expect(draws.every((us) => Number.isSafeInteger(us))).toBe(true);
});

test("the arithmetic is that of whole numbers of any size", () => {
  const key = drawKey(3, "exact");
  const words = new KeyedWords(key);
  for (const meanUs of [1, 999_983, 2 ** 32 + 1, MAX_MEAN_US]) {
    for (let flow = 0; flow < 500; flow += 1) {
      words.aim(Purpose.HOLD, flow, 0, 0);
      const fixed = BigInt(exponentialFixed(words));
      const wanted = (fixed * BigInt(meanUs) + BigInt(words.next())) >> 32n;
      const got = exponentialUs(meanUs, words.aim(Purpose.HOLD, flow, 0, 0));
      expect(BigInt(got)).toBe(wanted);
    }
  }
});

test("no mean draws nothing but zeros; a mean that is none is a bug", () => {
  expect(sample(100, 1, (words) => exponentialUs(0, words)).every((us) => us === 0)).toBe(true);
  for (const bad of [-1, 0.5, Number.NaN, MAX_MEAN_US + 1]) {
    expect(() => exponentialUs(bad, script())).toThrow(`the mean is ${bad}; it must be an integer`);
  }
});
