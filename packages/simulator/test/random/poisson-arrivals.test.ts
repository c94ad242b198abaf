import { drawKey, Purpose } from "@synfin/simulator";
import { expect, test } from "vitest";
import { PoissonArrivals } from "../../src/random/poisson-arrivals.ts";
import { KeyedWords } from "../../src/random/words.ts";
import { distance, mean, script, variance } from "./samples.ts";

const SECOND = 1_000_000;

function times(arrivals: PoissonArrivals, count: number, seed: number): number[] {
  const words = new KeyedWords(drawKey(seed, "arrivals"));
  return Array.from({ length: count }, (_, n) =>
    arrivals.next(words.aim(Purpose.ARRIVAL, n, 0, 0)),
  );
}

test("gaps add up before they are rounded", () => {
  // Three arrivals a second; each gap is 0.75 of the mean: 0.25, 0.5, 0.75 s.
  const words = script(
    0xc000_0000,
    0xc000_0001,
    0xc000_0000,
    0xc000_0001,
    0xc000_0000,
    0xffff_ffff,
  );
  const arrivals = new PoissonArrivals(3);
  expect([arrivals.next(words), arrivals.next(words), arrivals.next(words)]).toEqual([
    250_000, 500_000, 750_000,
  ]);
});

test.each([7, 1_500, 300_000, 3_000_000])("%d/s come at that rate, rounded nowhere", (rate) => {
  const count = 200_000;
  const last = times(new PoissonArrivals(rate), count, rate).at(-1) ?? 0;
  const error = Math.abs((last * rate) / (count * SECOND) - 1);
  expect(error).toBeLessThan(3.3 / Math.sqrt(count));
});

test("one an hour is a rate, too", () => {
  const hour = 3600 * SECOND;
  const gaps = times(new PoissonArrivals(1, hour), 20_000, 4).map(
    (at, n, all) => at - (all[n - 1] ?? 0),
  );
  expect(distance(gaps, (us) => 1 - Math.exp(-us / hour))).toBeLessThan(1.95);
});

test("the number within a second has its mean as its variance", () => {
  const perSecond = new Array<number>(2_000).fill(0);
  for (const at of times(new PoissonArrivals(100), 210_000, 6)) {
    const second = Math.floor(at / SECOND);
    if (second < perSecond.length) perSecond[second] = (perSecond[second] ?? 0) + 1;
  }
  expect(mean(perSecond)).toBeGreaterThan(99.2);
  expect(mean(perSecond)).toBeLessThan(100.8);
  expect(variance(perSecond) / mean(perSecond)).toBeGreaterThan(0.9);
  expect(variance(perSecond) / mean(perSecond)).toBeLessThan(1.1);
});

test("a rate that is none is a bug", () => {
  expect(() => new PoissonArrivals(0)).toThrow("0 arrivals in 1000000 µs");
  expect(() => new PoissonArrivals(1, 2 ** 41)).toThrow("the period at most 2199023255551");
});
