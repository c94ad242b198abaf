import { scenarios } from "@synfin/simulator";
import { describe, expect, test } from "vitest";
import { figure, withIsns } from "../support/figure.ts";

/**
 * Every scenario's segments and the states of both ends, as tables that a
 * human can read: `tables/NAME.txt`, drawn like the figures of RFC 9293.
 */
describe("each scenario plays out as its table says", () => {
  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    "%s",
    async (name, scenario) => {
      const [left, right] = scenario.hosts;
      const readable = withIsns(scenario, left.isns ?? [1000], right.isns ?? [5000]);
      await expect(figure(readable)).toMatchFileSnapshot(`tables/${name}.txt`);
    },
  );
});
