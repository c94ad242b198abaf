import {
  BULK_SCENARIOS,
  type Capacity,
  type Choice,
  capacityOf,
  findBulkScenario,
} from "@synfin/simulator/bulk";
import { describe, expect, test } from "vitest";
import { runScenario, settings } from "../support/run.ts";

const [CONSTANT, DROP] = [0, 0];
const SECOND = 1_000_000;

type Values = Readonly<Record<string, number>>;

interface Row {
  readonly name: string;
  readonly resource: string;
  readonly choice: Choice;
  /** What leaves just enough of it, and what just not enough. */
  readonly enough: Values;
  readonly short: Values;
  /** Connections in a second that are asked for. */
  readonly asked: (values: Values) => number;
  /** When it is used up, in seconds. */
  readonly at: number;
}

const byRate = ({ rate = 0 }: Values) => rate;

/** Nothing is drawn in these, so that one port, place or descriptor more or less decides. */
const EXACT: readonly Row[] = [
  {
    name: "port-exhaustion",
    resource: "ephemeral ports",
    choice: { values: { rate: 100, periods: 2 } },
    // Each is taken for 60.002 s.
    enough: { ports: 6001 },
    short: { ports: 6000 },
    asked: byRate,
    at: 60,
  },
  {
    name: "myth-per-host",
    resource: "ephemeral ports",
    choice: { values: { rate: 40, periods: 2 } },
    // Four destinations: ten a second to each.
    enough: { ports: 601 },
    short: { ports: 600 },
    asked: byRate,
    at: 60,
  },
  {
    name: "myth-bind-first",
    resource: "ephemeral ports",
    choice: { values: { rate: 40, periods: 2 } },
    enough: { ports: 2401 },
    short: { ports: 2400 },
    asked: byRate,
    at: 60,
  },
  {
    name: "snat-exhaustion",
    resource: "SNAT ports",
    choice: { values: { rate: 60, arrivals: CONSTANT, periods: 2 } },
    // Each is taken for 120.015 s.
    enough: { ports: 121 },
    short: { ports: 120 },
    asked: ({ rate = 0 }) => rate / 60,
    at: 120,
  },
  {
    name: "accept-queue-overflow",
    resource: "accept queue",
    choice: { values: { clients: 600, backlog: 100, service: 1000 } },
    // 499 are served while they come, one of them at once.
    enough: { within: 498_900 },
    short: { within: 496_900 },
    asked: ({ clients = 0, within = 0 }) => (clients * SECOND) / within,
    at: 0.483_493,
  },
  {
    name: "accept-queue-overflow",
    resource: "SYN queue",
    choice: { values: { clients: 1000, backlog: 100, service: 100_000, delay: 40_000 } },
    // 101 in a round trip of 80 ms.
    enough: { within: 796_000 },
    short: { within: 788_000 },
    asked: ({ clients = 0, within = 0 }) => (clients * SECOND) / within,
    at: 0.118_8,
  },
  {
    name: "syn-flood",
    resource: "SYN queue",
    choice: {
      values: { flood: 10, rate: 0, arrivals: CONSTANT, policy: DROP, periods: 2 },
      // 63.063 s in all.
      params: { initialRtoUs: 1_001_000 },
    },
    enough: { backlog: 630 },
    short: { backlog: 629 },
    asked: ({ flood = 0 }) => flood,
    at: 62.92,
  },
  {
    name: "fin-wait-1-orphans",
    resource: "orphans",
    choice: { values: { rate: 2, gone: SECOND, arrivals: CONSTANT, periods: 3 } },
    // 102.711 s in FIN-WAIT-1.
    enough: { "max-orphans": 206 },
    short: { "max-orphans": 205 },
    asked: byRate,
    at: 103.501_5,
  },
  {
    name: "close-wait-leak",
    resource: "file descriptors",
    choice: { values: { rate: 100, leak: 0, base: 24, hold: 1_005_000 } },
    // 100.5 at once.
    enough: { limit: 125 },
    short: { limit: 124 },
    asked: byRate,
    at: 1.001_5,
  },
];

/** A capacity of a scenario so chosen. */
function capacity(name: string, choice: Choice, resource: string): Capacity {
  const scenario = findBulkScenario(name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  const all = capacityOf(scenario, settings(name, choice));
  const found = all.find((one) => one.resource.en === resource);
  if (found === undefined) throw new Error(`${name} has no ${resource}`);
  return found;
}

/** What a run asks of a resource, what that can carry, and when it is used up. */
function outcome(
  { name, choice, resource, asked }: Pick<Row, "name" | "resource" | "choice" | "asked">,
  more: Values,
) {
  const chosen = { ...choice, values: { ...choice.values, ...more } };
  const { perSecond, usedUpAtUs } = capacity(name, chosen, resource);
  const { values } = settings(name, chosen);
  return { asked: asked(values), perSecond, usedUpAtUs: usedUpAtUs(runScenario(name, chosen)) };
}

describe.each(EXACT)("$resource in $name", ({ enough, short, at, ...row }) => {
  test("hold just below the rate that the formula gives", () => {
    const { asked, perSecond, usedUpAtUs } = outcome(row, enough);
    expect(usedUpAtUs).toBeUndefined();
    expect(asked).toBeLessThanOrEqual(perSecond);
    expect(asked).toBeGreaterThan(0.99 * perSecond);
  });

  test("are used up just above it", () => {
    const { asked, perSecond, usedUpAtUs } = outcome(row, short);
    expect(asked).toBeGreaterThan(perSecond);
    expect(asked).toBeLessThan(1.01 * perSecond);
    expect((usedUpAtUs ?? 0) / SECOND).toBeCloseTo(at, 5);
  });
});

test("a stampede is held by a jitter that the formula calls long enough", () => {
  const row = {
    name: "reconnect-stampede",
    resource: "accept queue",
    choice: { values: { clients: 1000, backlog: 127, service: 1000 } },
    asked: ({ clients = 0, jitter = 1 }: Values) => (clients * SECOND) / jitter,
  };
  // Random times: the queue is some √1000 longer or shorter than on average.
  const long = outcome(row, { jitter: 930_000 });
  expect(long.usedUpAtUs).toBeUndefined();
  expect(long.asked).toBeLessThan(long.perSecond);
  const short = outcome(row, { jitter: 810_000 });
  expect(short.usedUpAtUs).toBeGreaterThan(3 * SECOND);
  expect(short.asked).toBeGreaterThan(short.perSecond);
});

test("whoever forgets to close runs out of descriptors at any rate", () => {
  const choice = { values: { rate: 1, leak: 10_000, limit: 30, base: 20 } };
  const { perSecond, usedUpAtUs } = capacity("close-wait-leak", choice, "file descriptors");
  expect(perSecond).toBe(0);
  expect(usedUpAtUs(runScenario("close-wait-leak", choice))).toBeGreaterThan(60 * SECOND);
});

test("a server that hangs holds what its queue has room for, and no more at any rate", () => {
  const hung = (clients: number): Choice => ({ values: { clients, backlog: 100, service: 0 } });
  const scenario = findBulkScenario("accept-queue-overflow");
  const [fits] = scenario?.capacity?.(settings("accept-queue-overflow", hung(101))) ?? [];
  expect(fits?.perSecond).toBe(Number.POSITIVE_INFINITY);
  expect(fits?.usedUpAtUs(runScenario("accept-queue-overflow", hung(101)))).toBeUndefined();
  const { perSecond, usedUpAtUs } = capacity("accept-queue-overflow", hung(102), "accept queue");
  expect(perSecond).toBe(0);
  expect(usedUpAtUs(runScenario("accept-queue-overflow", hung(102)))).toBeGreaterThan(0);
});

test("a port that connect has to bind fails with another errno", () => {
  const free = capacity("port-exhaustion", {}, "ephemeral ports");
  const bound = capacity("myth-bind-first", {}, "ephemeral ports");
  const macos = capacity("port-exhaustion", { profile: "macos" }, "ephemeral ports");
  expect([free.errno, bound.errno, macos.errno]).toEqual([
    "EADDRNOTAVAIL",
    "EADDRINUSE",
    "EADDRINUSE",
  ]);
});

test("cookies need no room, so there is nothing to run out of", () => {
  const scenario = findBulkScenario("syn-flood");
  for (const policy of [1, 2]) {
    const chosen = settings("syn-flood", { values: { policy } });
    expect(scenario?.capacity?.(chosen)).toEqual([]);
  }
});

test("each scenario in which a resource runs out says what that can carry", () => {
  const named = BULK_SCENARIOS.filter((scenario) => scenario.capacity !== undefined);
  expect(named.map(({ name }) => name).sort()).toEqual([
    "accept-queue-overflow",
    "close-wait-leak",
    "fin-wait-1-orphans",
    "myth-bind-first",
    "myth-per-host",
    "port-exhaustion",
    "reconnect-stampede",
    "snat-exhaustion",
    "syn-flood",
  ]);
});
