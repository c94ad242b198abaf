import { describe, expect, test } from "vitest";
import { brokenWithout, expectOracle, judge } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const NAME = "snat-exhaustion";

/** Four ports, each kept back for two minutes, and twelve calls in that time. */
const FOUR = { values: { rate: 6, ports: 4, periods: 400, delay: 0 } };

describe("a NAT with few ports", () => {
  test("loses calls as Erlang's B says", () => {
    expectOracle(NAME, FOUR);
  });

  test("loses none once it gives a port back at the close", () => {
    const off = { values: { ...FOUR.values, "nat-hold": 0, hold: 1000 } };
    expect(brokenWithout(NAME, FOUR, off)).toEqual(["timed-out"]);
  });

  test("loses what theory says at an even rate, too", () => {
    const even = { values: { ...FOUR.values, arrivals: 0, periods: 100 } };
    expectOracle(NAME, even, { min: 2 });
    expect(brokenWithout(NAME, FOUR, even)).toEqual(["timed-out"]);
  });

  test("drops in silence: the machine has ports enough, and hears of nothing", () => {
    const { counters, failures, measures } = runScenario(NAME, FOUR);
    expect([...failures]).toEqual([]);
    expect(counters[0]?.AttemptFails).toBe(0);
    expect(measures.counts.get("timed-out")).toBeGreaterThan(1000);
  });

  test("has no formula for clients that wait for the SYN to be sent again", () => {
    const patient = { values: { ...FOUR.values, "give-up": 20_000_000 } };
    expect(judge(NAME, patient)).toEqual([]);
    expect(brokenWithout(NAME, FOUR, patient)).toEqual(["timed-out"]);
  });
});
