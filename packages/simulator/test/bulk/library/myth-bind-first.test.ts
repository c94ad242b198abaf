import { expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";

const NAME = "myth-bind-first";
const BOUND = { values: { rate: 40, ports: 500 } };

test("whoever binds first has P/T for all four destinations together", () => {
  expectOracle(NAME, BOUND, { min: 2 });
});

test("with fewer or more destinations nothing changes", () => {
  for (const destinations of [1, 9]) {
    expectOracle(NAME, { values: { ...BOUND.values, destinations } }, { min: 2 });
  }
});

test("where connect chooses the port, each destination has its own P/T", () => {
  const free = { values: { ...BOUND.values, "bind-before-connect": 0 } };
  expect(brokenWithout(NAME, BOUND, free)).toContain("times-over");
  expectOracle(NAME, free, { min: 2 });
});
