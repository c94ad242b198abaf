import { parseTrace, scenarios, type Trace, traceScenario } from "@synfin/simulator";
import { moments } from "@synfin/simulator/view";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readInline } from "../../src/extras/read-source.ts";
import { layoutLadder } from "../../src/ladder/ladder.ts";
import { narrate } from "../../src/narration/narrate.ts";

const [first] = scenarios;

test("a scenario alone, a scenario with words, words alone", () => {
  expect(readInline(JSON.stringify(first))).toEqual({
    kind: "lesson",
    scenario: first,
    words: new Map(),
  });
  const narration = [{ step: 2, text: "two" }];
  const words = new Map([[2, "two"]]);
  expect(readInline(JSON.stringify({ scenario: first, narration }))).toEqual({
    kind: "lesson",
    scenario: first,
    words,
  });
  expect(readInline(JSON.stringify({ narration }))).toEqual({
    kind: "lesson",
    scenario: undefined,
    words,
  });
});

test.each([
  ["no JSON", '{ "format": x }', "script", "it is no JSON: Unexpected token 'x'"],
  ["a list", "[]", "script", "it should hold a JSON object"],
  ["no scenario", "{}", "scenario", "bad scenario: format"],
  ["words that are no list", '{ "narration": 3 }', "narration", "it should be a list"],
  ["a step that is none", '{ "narration": [{ "step": "x", "text": "" }] }', "narration", "like {"],
  [
    "a step before the first",
    '{ "narration": [{ "step": 0, "text": "" }] }',
    "narration",
    "like {",
  ],
  ["half a text", '{ "narration": [{ "step": 1, "text": { "en": "" } }] }', "narration", "like {"],
])("%s is refused in words", (_, json, what, why) => {
  const source = readInline(json);
  expect(source).toMatchObject({ kind: "failed", what });
  expect(source.kind === "failed" ? source.why : "").toContain(why);
});

test("nothing that is read throws", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(readInline(text).kind).toBe("failed");
    }),
  );
});

test("a trace that passes for one can be drawn and told, whatever stands in it", () => {
  const traces = scenarios.map((scenario) => traceScenario(scenario));
  let passed = 0;
  fc.assert(
    fc.property(fc.constantFrom(...traces), fc.nat(), fc.nat(), fc.nat(), (run, a, b, time) => {
      const trace = spoiled(run, a, b, time);
      if (!parseTrace(trace).ok) return;
      passed += 1;
      const { arrows, numbers, marks } = layoutLadder(trace);
      expect(arrows.length).toBeGreaterThanOrEqual(trace.segments.length);
      for (const moment of moments(trace)) {
        narrate({ trace, numbers, marks, language: "ko" }, moment);
      }
    }),
    { numRuns: 120 },
  );
  expect(passed).toBeGreaterThan(40);
});

/** A trace with a change of state that never was, a timer of no one's, and a time moved. */
function spoiled(run: Trace, a: number, b: number, time: number): Trace {
  const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % list.length];
  const [one, other] = [pick(run.states, a), pick(run.states, b)];
  const segment = pick(run.segments, b);
  return {
    ...run,
    states: run.states.map((state) =>
      state === one && other !== undefined
        ? { ...state, to: other.from, cause: a % 2 === 0 ? "no one knows" : other.cause }
        : state,
    ),
    events: run.events.filter((_, index) => index % 7 !== a % 7),
    segments: run.segments.map((each) =>
      each === segment && a % 3 === 0
        ? { ...each, sentAtUs: Math.min(each.sentAtUs, time % 1_000_000), seq: b >>> 0 }
        : each,
    ),
  };
}
