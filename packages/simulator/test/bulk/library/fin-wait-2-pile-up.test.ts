import { expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const NAME = "fin-wait-2-pile-up";
const SMALL = { values: { rate: 5 } };
const HELD = { values: { rate: 50, held: 1, length: 300_000_000 } };

test("60 s of orphans stand in FIN-WAIT-2", () => {
  expectOracle(NAME, SMALL, { min: 2 });
});

test("and those that a descriptor holds grow without bound", () => {
  expectOracle(NAME, HELD, { min: 2 });
});

test("it rests on the orphan's timer", () => {
  expect(brokenWithout(NAME, SMALL, { values: { ...SMALL.values, held: 1 } }, { max: 2 })).toEqual([
    "fin-wait-2",
  ]);
  expect(
    brokenWithout(NAME, SMALL, { ...SMALL, params: { orphanFinWait2Us: 0 } }, { max: 2 }),
  ).toEqual(["fin-wait-2"]);
  expect(brokenWithout(NAME, HELD, { values: { ...HELD.values, held: 0 } }, { max: 2 })).toEqual([
    "fin-wait-2",
  ]);
});

test("Windows keeps four times as many", () => {
  expectOracle(NAME, { ...SMALL, profile: "windows" }, { min: 2 });
});

test("the letter of RFC 9293 has no such timer, so none ever leaves", () => {
  expectOracle(NAME, { values: { rate: 5, length: 300_000_000 }, profile: "rfc9293" }, { min: 2 });
});

test("no TIME-WAIT comes of it, and none is ever closed by the client", () => {
  const { counters, connections } = runScenario(NAME, SMALL);
  expect(counters.map(({ TW }) => TW)).toEqual([0, 0]);
  expect(connections.failed).toBe(0);
});

test("each comes a delayed ACK later than five delays after its call", () => {
  const prompt = { ...HELD, params: { delayedAckUs: 0 } };
  expectOracle(NAME, prompt, { min: 2 });
  expect(brokenWithout(NAME, HELD, prompt, { max: 2 })).toEqual(["fin-wait-2"]);
});
