import { drawKey, Purpose } from "@synfin/simulator";
import { expect, test } from "vitest";
import { exponentialUs } from "../../../src/random/exponential.ts";
import { uniform } from "../../../src/random/uniform.ts";
import { KeyedWords } from "../../../src/random/words.ts";
import { confidence, holds, proportion } from "../../../src/stats/judge/confidence.ts";
import { replicate, WITHIN_A_HUNDREDTH } from "../../../src/stats/judge/replicate.ts";

const words = new KeyedWords(drawKey(5, "confidence"));

/** A mean of a hundred exponential times: what one replication tells. */
function replication(experiment: number, nth: number): number {
  let sum = 0;
  for (let n = 0; n < 100; n += 1) {
    sum += exponentialUs(1_000_000, words.aim(Purpose.HOLD, experiment, nth, n));
  }
  return sum / 100;
}

test("ten values by hand", () => {
  const found = confidence([9, 11, 10, 12, 8, 10, 9, 11, 10, 10], 0.95);
  // s² = 12/9, t(9) = 2.262157: 2.262157 · √(12/90).
  expect(found.mean).toBe(10);
  expect(found.halfWidth).toBeCloseTo(2.262_157 * Math.sqrt(12 / 90), 6);
  expect(found.low + found.high).toBeCloseTo(20, 12);
  expect(found.n).toBe(10);
});

test("one value says nothing of its error, none says nothing", () => {
  expect(confidence([4], 0.95)).toMatchObject({ mean: 4, halfWidth: Number.POSITIVE_INFINITY });
  expect(() => confidence([], 0.95)).toThrow("the confidence interval of no values");
});

test("an interval holds what lies between its bounds, or within the error of them", () => {
  const found = { low: 9, high: 11 };
  expect([9, 10, 11].map((value) => holds(found, value))).toEqual([true, true, true]);
  expect([8.99, 11.01].map((value) => holds(found, value))).toEqual([false, false]);
  expect([8.5, 11.5].map((value) => holds(found, value, 0.5))).toEqual([true, true]);
  expect(holds(found, 11.51, 0.5)).toBe(false);
});

test("a mean of equal numbers is that number, whatever its last bits say", () => {
  const value = 1 / 3;
  const found = confidence(new Array<number>(2_000).fill(value), 0.99);
  expect(found.mean).not.toBe(value);
  expect(holds({ low: found.mean, high: found.mean }, value)).toBe(true);
  expect(holds({ low: found.mean, high: found.mean }, value * (1 + 1e-11))).toBe(false);
});

test("of two thousand intervals of 95 %, 95 % hold the truth", () => {
  let holds = 0;
  for (let experiment = 0; experiment < 2_000; experiment += 1) {
    const values = Array.from({ length: 8 }, (_, nth) => replication(experiment, nth));
    const { low, high } = confidence(values, 0.95);
    if (low <= 1_000_000 && high >= 1_000_000) holds += 1;
  }
  // Three standard errors are 29.
  expect(Math.abs(holds - 1_900)).toBeLessThan(35);
});

test("Wilson's interval, as it is published", () => {
  const half = proportion(5, 10, 0.95);
  expect([half.low, half.high].map((bound) => bound.toFixed(4))).toEqual(["0.2366", "0.7634"]);
  const none = proportion(0, 10, 0.95);
  expect([none.low, none.high].map((bound) => bound.toFixed(4))).toEqual(["0.0000", "0.2775"]);
  expect(proportion(10, 10, 0.95)).toMatchObject({ mean: 1, high: 1 });
  expect(() => proportion(3, 2, 0.95)).toThrow("3 successes in 2 trials");
});

test("of two thousand intervals for one in fifty, more than 95 % hold it", () => {
  let holds = 0;
  for (let experiment = 0; experiment < 2_000; experiment += 1) {
    let hits = 0;
    for (let n = 0; n < 500; n += 1) {
      if (uniform(50, words.aim(Purpose.CHOICE, experiment, 0, n)) === 0) hits += 1;
    }
    const { low, high } = proportion(hits, 500, 0.95);
    if (low <= 0.02 && high >= 0.02) holds += 1;
  }
  // It is held where 4 to 17 are seen of 500: the binomial gives that 97.7 %. Three errors: 20.
  expect(Math.abs(holds - 1_954)).toBeLessThan(20);
});

test("replications end as soon as the mean is known within a hundredth", () => {
  const runs: number[] = [];
  const found = replicate(
    (nth) => {
      runs.push(nth);
      return replication(0, nth);
    },
    { ...WITHIN_A_HUNDREDTH, relativeHalfWidth: 0.05 },
  );
  expect(found.stopped).toBe("precise");
  expect(found.halfWidth).toBeLessThanOrEqual(0.05 * found.mean);
  expect(runs).toEqual(found.values.map((_, nth) => nth));
  // One replication fewer was not enough.
  const before = confidence(found.values.slice(0, -1), 0.99);
  expect(before.halfWidth).toBeGreaterThan(0.05 * before.mean);
  expect(found.n).toBeGreaterThan(WITHIN_A_HUNDREDTH.min);
});

test("a limit that comes first is named", () => {
  const found = replicate((nth) => nth, { level: 0.95, relativeHalfWidth: 0.01, min: 2, max: 7 });
  expect(found).toMatchObject({ stopped: "limit", n: 7, mean: 3 });
});

test("what never varies is known after the least number of replications, zero too", () => {
  expect(replicate(() => 4)).toMatchObject({ stopped: "precise", n: 5, halfWidth: 0 });
  expect(replicate(() => 0)).toMatchObject({ stopped: "precise", n: 5, mean: 0 });
});

test("a rule without room is a bug", () => {
  const rule = { ...WITHIN_A_HUNDREDTH, min: 1 };
  expect(() => replicate(() => 1, rule)).toThrow("1 to 100 replications; give at least 2");
});
