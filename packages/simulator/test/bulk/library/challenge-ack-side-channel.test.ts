import { expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const NAME = "challenge-ack-side-channel";
const HOST = { values: { "limit-of": 0, limit: 20, guesses: 40 } };
const CONNECTION = { values: { ...HOST.values, "limit-of": 1 } };

test("a limit of the host's tells the attacker every right guess from every wrong one", () => {
  expectOracle(NAME, HOST, { min: 3 });
});

test("a limit of the connection's tells nothing", () => {
  expectOracle(NAME, CONNECTION, { min: 3 });
});

test("it is whose limit it is that makes the difference", () => {
  expect(brokenWithout(NAME, HOST, CONNECTION)).toEqual(["advantage"]);
  expect(brokenWithout(NAME, CONNECTION, HOST)).toEqual(["advantage"]);
});

test("without RFC 5961 the first right guess ends the connection, and there is nothing to count", () => {
  const old = { ...HOST, params: { rfc5961: 0 } };
  expect(brokenWithout(NAME, HOST, old)).toEqual(["advantage"]);
});

test("the victim hears of right guesses only, and its connection lives on", () => {
  const { counters, measures, connections } = runScenario(NAME, HOST);
  // The SYN,ACK, and a challenge ACK for each.
  expect(counters[0]?.InSegs).toBe(1 + (measures.counts.get("guesses-right") ?? 0));
  expect(connections.failed).toBe(0);
});
