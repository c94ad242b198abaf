import { expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const NAME = "reconnect-stampede";
const SHORT = { values: { clients: 1000, backlog: 127, service: 1000, jitter: 250_000 } };
const LONG = { values: { ...SHORT.values, jitter: 1_250_000 } };

test("with too little jitter, clients − backlog − 1 − service × jitter are turned away", () => {
  expectOracle(NAME, SHORT, { min: 3 });
});

test("with a jitter of clients / service and more, no one is", () => {
  expectOracle(NAME, LONG, { min: 3 });
  const [, server] = runScenario(NAME, LONG).counters;
  expect(server?.ListenOverflows).toBe(0);
});

test("with room for all, the last is served after clients / service", () => {
  expectOracle(NAME, { values: { ...SHORT.values, backlog: 1000 } }, { min: 3 });
});

test("it is the jitter that does it", () => {
  expect(brokenWithout(NAME, LONG, SHORT)).toEqual(["turned-away", "recovered"]);
  const more = { values: { ...SHORT.values, backlog: 1000 } };
  expect(brokenWithout(NAME, SHORT, more)).toEqual(["turned-away"]);
});

test("everyone is back in the end", () => {
  const { measures, connections } = runScenario(NAME, SHORT);
  expect(measures.histogram("served-again").count).toBe(1000);
  expect(connections).toMatchObject({ opened: 2000, closed: 1000, failed: 0 });
});
