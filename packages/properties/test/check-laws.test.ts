import {
  assertLaws,
  checkLaws,
  defineLaw,
  formatCoverage,
  type LawTrials,
} from "@synfin/properties";
import fc from "fast-check";
import { expect, test } from "vitest";

/** A law that numbers from 100 on break. */
const small = defineLaw<number>({
  name: "small",
  source: "this test",
  says: "Numbers are below 100.",
  premises: ["even", "odd"],
  examine(value, notes) {
    notes.met(value % 2 === 0 ? "even" : "odd");
    if (value >= 100) notes.broken(`${value} is not below 100`, { atUs: value, host: "client" });
  },
});

function trials(most: number): LawTrials<number, number> {
  return {
    laws: [small],
    cases: fc.nat({ max: most }),
    subject: (value) => value,
    seed: 7,
    runs: 500,
    describe: (value) => `the number ${value}`,
    replay: (seed, path) => `SYNFIN_SEED=${seed} SYNFIN_PATH=${path} npx vitest run x.test.ts`,
  };
}

test("a broken law is made small, and prints its case, its step and one command", () => {
  const { failure = "" } = checkLaws(trials(10_000));
  expect(failure).toMatch(/^small: at client, at 100 µs: 100 is not below 100$/m);
  expect(failure).toMatch(/^the number 100$/m);
  expect(failure).toMatch(/^again: SYNFIN_SEED=7 SYNFIN_PATH=[\d:]+ npx vitest run x.test.ts$/m);
  expect(() => assertLaws(trials(10_000))).toThrow("small: at client");
});

test("the command's seed and path play the same case again", () => {
  const failure = checkLaws(trials(10_000)).failure ?? "";
  const path = /SYNFIN_PATH=([\d:]+)/.exec(failure)?.[1] ?? "";
  const again = checkLaws({ ...trials(10_000), path });
  expect(again.failure).toContain("100 is not below 100");
  expect(again.runs).toBe(1);
  const mended = checkLaws({ ...trials(10_000), laws: [], path, least: { "small: even": 200 } });
  expect(mended.failure).toBeUndefined();
  expect(mended.runs).toBe(1);
});

test("a path plays its own case and none beside it, or says that there is none", () => {
  const seen: number[] = [];
  const subject = (value: number) => {
    seen.push(value);
    return value;
  };
  checkLaws({ ...trials(99), subject, path: "3" });
  expect(seen).toHaveLength(1);
  expect(() => checkLaws({ ...trials(99), path: "3:9999" })).toThrow(RangeError);
});

test("a premise that is met too seldom fails the check, though no law is broken", () => {
  const least = { "small: even": 200, "small: never": 1 };
  expect(checkLaws({ ...trials(99), least }).failure).toBe(
    "this check proves too little:\nsmall: never: met 0 times in 500 runs, not 1",
  );
});

test("what was covered is counted, cases without a subject as well", () => {
  const subject = (value: number) => (value === 0 ? undefined : value);
  const report = assertLaws({ ...trials(9), subject });
  const { premises } = report;
  const total = [...premises.values()].reduce((sum, times) => sum + times, 0);
  expect(total).toBe(500);
  expect(premises.get("skipped")).toBeGreaterThan(0);
  expect(formatCoverage(report)).toMatch(
    /^500 runs, seed 7\n +\d+ {2}skipped\n +\d+ {2}small: even/,
  );
});

test("what making a subject throws breaks the check", () => {
  const subject = (value: number) => {
    if (value > 5) throw new Error(`synfin: no subject for ${value}`);
    return value;
  };
  expect(checkLaws({ ...trials(99), subject }).failure).toContain("synfin: no subject for 6");
});
