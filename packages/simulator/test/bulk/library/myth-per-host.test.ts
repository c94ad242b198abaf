import { expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";

const NAME = "myth-per-host";
const FOUR = { values: { rate: 40, ports: 500 } };

test("four destinations take four times P/T", () => {
  expectOracle(NAME, FOUR, { min: 2 });
});

test("one destination takes it once", () => {
  expectOracle(NAME, { values: { ...FOUR.values, destinations: 1 } }, { min: 2 });
  const one = { values: { ...FOUR.values, destinations: 1 } };
  expect(brokenWithout(NAME, FOUR, one)).toContain("times-over");
});

test("it is one if a host binds before it connects", () => {
  const bound = { values: { ...FOUR.values, "bind-before-connect": 1 } };
  expect(brokenWithout(NAME, FOUR, bound)).toContain("times-over");
});

test("macOS gives each port once, so there it is no myth", () => {
  const macos = { ...FOUR, profile: "macos" } as const;
  expect(brokenWithout(NAME, FOUR, macos)).toContain("times-over");
});
