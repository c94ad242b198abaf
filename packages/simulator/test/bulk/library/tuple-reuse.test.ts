import { describe, expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const NAME = "tuple-reuse";

/** Enough that a half is known to a hundredth: 66,000 draws. */
const MANY = { values: { clients: 700, rounds: 20 } };
const FEW = { values: { clients: 200, rounds: 5 } };
const FEWER = { values: { clients: 60, rounds: 3 } };

describe("a SYN to TIME-WAIT, without timestamps and with a number of anyone's", () => {
  test("is taken in half of all cases, and otherwise connects one RTO later", () => {
    expectOracle(NAME, MANY);
  });

  test("is answered by an ACK, and the ACK by the reset that ends TIME-WAIT", () => {
    const { counters, measures, connections } = runScenario(NAME, FEW);
    expect(measures.counts.get("reused")).toBe(1000);
    const late = measures.histogram("late").count;
    expect(counters[0]).toMatchObject({ OutRsts: late, RetransSegs: late });
    expect(connections).toMatchObject({ opened: 1200, closed: 1200, failed: 0 });
  });

  test("has to wait for 2MSL where TIME-WAIT is silent (RFC 6191), or ignores resets", () => {
    for (const params of [{ timeWaitSilent: 1 }, { rfc1337: 1 }]) {
      expect(brokenWithout(NAME, FEWER, { ...FEWER, params })).toEqual(["late"]);
    }
  });
});

/** The mean of `late` is one number, so that a few hundred connections show it. */
test.each(["linux", "linux-pre-6.5", "freebsd", "macos"] as const)(
  "what the other half waits for is %s's",
  (profile) => {
    for (const params of [{}, { timeWaitSilent: 1 }, { rfc1337: 1 }]) {
      const choice = { ...FEWER, profile, params };
      expect(brokenWithout(NAME, choice, choice)).toEqual([]);
    }
  },
);

describe("a SYN to TIME-WAIT that is plainly later", () => {
  test("is always taken, by the timestamp of one clock", () => {
    const stamped = { values: { ...FEW.values, stamps: 1 } };
    expectOracle(NAME, stamped, { min: 2 });
    expect(brokenWithout(NAME, FEW, stamped)).toContain("taken");
  });

  test("is always taken, by RFC 6528's clock", () => {
    const clock = { values: { ...FEW.values, isn: 1 } };
    expectOracle(NAME, clock, { min: 2 });
    expect(brokenWithout(NAME, FEW, clock)).toContain("taken");
  });

  test("is a matter of luck with the clocks of several machines behind one NAT", () => {
    const clocks = { values: { ...FEW.values, stamps: 2, isn: 1 } };
    expect(brokenWithout(NAME, clocks, clocks)).toEqual([]);
    expect(brokenWithout(NAME, { values: { ...FEW.values, stamps: 1 } }, clocks)).toEqual([
      "taken",
    ]);
  });

  test("is never taken where TIME-WAIT takes no SYN (MAY-2)", () => {
    const never = { ...FEW, params: { timeWaitTakesSyn: 0 } };
    expectOracle(NAME, never, { min: 2 });
    expect(brokenWithout(NAME, FEW, never)).toEqual(["taken"]);
  });
});
