import { expect, test } from "vitest";
import { erlangB } from "../../../src/stats/judge/erlang-b.ts";

test("published values", () => {
  // Tables of Erlang B: 10 erlangs on 15 circuits, 5 on 10; 2 on 2 by hand: (2²/2)/(1 + 2 + 2).
  expect(erlangB(15, 10)).toBeCloseTo(0.0365, 4);
  expect(erlangB(10, 5)).toBeCloseTo(0.0184, 4);
  expect(erlangB(2, 2)).toBeCloseTo(0.4, 12);
});

test.each([
  [64, 50, 0.8],
  [64, 64, 9.3],
  [64, 80, 23.5],
  [28_232, 30_000, 5.9],
  [28_232, 33_000, 14.5],
])("%d ports under %d erlangs refuse %f %%", (ports, offered, percent) => {
  expect(erlangB(ports, offered) * 100).toBeCloseTo(percent, 1);
});

test("it is the formula itself, in whole numbers of any size", () => {
  // (Aⁿ/n!) / Σ Aᵏ/k!, each term times n!: A = 300, n = 250.
  let term = 1n;
  let sum = 1n;
  for (let k = 1n; k <= 250n; k += 1n) {
    term *= 300n;
    sum = sum * k + term;
  }
  const exact = Number((term * 10n ** 18n) / sum) / 1e18;
  expect(Math.abs(erlangB(250, 300) / exact - 1)).toBeLessThan(1e-13);
});

test("no server refuses all, no load nothing, and a million servers are no trouble", () => {
  expect([erlangB(0, 5), erlangB(5, 0)]).toEqual([1, 0]);
  expect(erlangB(1_000_000, 2_000_000)).toBeCloseTo(0.5, 5);
  expect(erlangB(1_000_000, 10)).toBe(0);
});

test("what is no number of servers or no load is a bug", () => {
  expect(() => erlangB(1.5, 2)).toThrow("1.5 servers, 2 erlangs");
  expect(() => erlangB(2, -1)).toThrow("2 servers, -1 erlangs");
});
