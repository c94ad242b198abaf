import { describe, expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const NAME = "port-exhaustion";

/** TIME-WAIT for 12 s, and twelve calls in that time for four ports. */
const POISSON = {
  params: { mslUs: 6_000_000 },
  values: { rate: 1, ports: 4, arrivals: 1, periods: 400, delay: 0 },
};

/** A tenth of Linux's ports, and a tenth more calls than they are enough for. */
const CONSTANT = { values: { rate: 52, ports: 2824, periods: 3 } };

describe("calls at an even rate", () => {
  test("are refused from ports / rate on, and P/T a second go through", () => {
    expectOracle(NAME, CONSTANT, { min: 2 });
  });

  test("all go through below P/T", () => {
    expectOracle(NAME, { values: { ...CONSTANT.values, rate: 47 } }, { min: 2 });
    const { failures } = runScenario(NAME, { values: { ...CONSTANT.values, rate: 47 } });
    expect([...failures]).toEqual([]);
  });

  test("is TIME-WAIT's doing: without it, nothing is refused", () => {
    const values = { ...CONSTANT.values, periods: 1000 };
    const off = { values, params: { mslUs: 1000 } };
    expect(brokenWithout(NAME, CONSTANT, off)).toEqual(["onset", "refused", "sustained"]);
  });

  test("needs one client that closes first: each destination has a pool of its own", () => {
    const four = { values: { ...CONSTANT.values, ports: 706, destinations: 4 } };
    expectOracle(NAME, four, { min: 2 });
    const bound = { values: { ...four.values, "bind-before-connect": 1 } };
    expect(brokenWithout(NAME, four, bound)).toEqual(["onset", "refused", "sustained"]);
    expectOracle(NAME, bound, { min: 2 });
  });

  test("go through again once Linux takes over what is a second old", () => {
    const reuse = { values: { rate: 120, ports: 100, periods: 10, "tw-reuse": 1 } };
    expectOracle(NAME, reuse, { min: 2 });
    const [client] = runScenario(NAME, reuse).counters;
    expect(client?.TWRecycled).toBeGreaterThan(500);
    const off = { values: { ...reuse.values, "tw-reuse": 0 } };
    expect(brokenWithout(NAME, reuse, off)).toEqual(["refused", "sustained"]);
    const unstamped = { ...reuse, params: { timestamps: 0 } };
    expect(brokenWithout(NAME, reuse, unstamped)).toEqual(["refused", "sustained"]);
  });
});

describe("calls as a Poisson process", () => {
  test("are refused as Erlang's B says", () => {
    expectOracle(NAME, POISSON);
  });

  test("are not Erlang's if they come at an even rate", () => {
    const even = { ...POISSON, values: { ...POISSON.values, arrivals: 0 } };
    expect(brokenWithout(NAME, POISSON, even)).toEqual(["refused"]);
  });

  test("are Erlang's at each of several destinations", () => {
    expectOracle(NAME, { ...POISSON, values: { ...POISSON.values, destinations: 2, rate: 2 } });
  });
});
