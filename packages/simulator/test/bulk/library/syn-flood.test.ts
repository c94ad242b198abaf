import { State } from "@synfin/core/tcp";
import { STATE_COUNT } from "@synfin/simulator/bulk";
import { expect, test } from "vitest";
import { fillRate } from "../../../src/bulk/library/syn-flood.oracle.ts";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const NAME = "syn-flood";
const [CONSTANT, POISSON] = [0, 1];
const [DROP, REPLACE, COOKIES] = [0, 1, 2];
/** 63 half-open connections if there were room; there is for eight. */
const SMALL = { flood: 1, backlog: 8, rate: 1, periods: 40, arrivals: POISSON };
const DROPS = { values: { ...SMALL, policy: DROP } };
/** A queue that goes round in most round trips. */
const FAST = { flood: 80, backlog: 5, rate: 4, periods: 5, delay: 50_000, arrivals: POISSON };
const REPLACES = { values: { ...FAST, policy: REPLACE } };

test("a Poisson flood blocks clients as Erlang's B says", () => {
  expectOracle(NAME, DROPS);
});

test("with cookies every client connects", () => {
  const choice = { values: { ...SMALL, policy: COOKIES } };
  expectOracle(NAME, choice, { min: 2 });
  expect(brokenWithout(NAME, choice, DROPS, { max: 2 })).toEqual(["refused"]);
  expect(brokenWithout(NAME, DROPS, choice, { max: 2 })).toEqual(["refused"]);
});

test("in the place of the oldest, a client is lost if the queue goes round in its round trip", () => {
  expectOracle(NAME, REPLACES);
  expect(brokenWithout(NAME, REPLACES, { values: { ...FAST, policy: DROP } })).toEqual(["refused"]);
});

test("it is the SYN,ACK's R2 that holds a place", () => {
  const off = { ...DROPS, params: { synAckR2Us: 7_000_000 } };
  expect(brokenWithout(NAME, DROPS, off)).toEqual(["refused"]);
});

test.each([
  [127, 2, 2.03],
  [1023, 16, 16.25],
  [4095, 65, 65.02],
])(
  "room for one more than backlog %i: %i SYNs a second leave it a place, one more does not",
  (backlog, flood, rate) => {
    expect(fillRate(backlog + 1, 63_000_000)).toBeCloseTo(rate, 2);
    const values = { backlog, rate: 0, arrivals: CONSTANT, policy: DROP, periods: 2 };
    const drops = (perSecond: number): number =>
      runScenario(NAME, { values: { ...values, flood: perSecond } }).counters[1]?.ListenDrops ?? 0;
    expect(drops(flood)).toBe(0);
    expect(drops(flood + 1)).toBeGreaterThan(0);
  },
);

test("a queue that never empties has one more than the backlog in it, and no more", () => {
  const { census } = runScenario(NAME, { values: { ...SMALL, flood: 100, policy: DROP } });
  const halfOpen = census.rows.map(({ states }) => states[STATE_COUNT + State.SYN_RECEIVED] ?? 0);
  expect(Math.max(...halfOpen)).toBe(SMALL.backlog + 1);
});

test("in each 63 s an even flood takes every place once", () => {
  const values = { flood: 10, backlog: 128, rate: 0, arrivals: CONSTANT, policy: DROP, periods: 4 };
  expectOracle(NAME, { values }, { min: 2 });
  const off = { values: { ...values, policy: REPLACE } };
  expect(brokenWithout(NAME, { values }, off)).toEqual(["admitted"]);
});

test("cookies are counted, and no half-open connection is kept for them", () => {
  const { counters } = runScenario(NAME, { values: { ...SMALL, policy: COOKIES } });
  expect(counters[1]?.SyncookiesSent).toBeGreaterThan(0);
  expect(counters[1]?.SyncookiesRecv).toBeGreaterThan(0);
  expect(counters[1]?.ListenDrops).toBe(0);
});
