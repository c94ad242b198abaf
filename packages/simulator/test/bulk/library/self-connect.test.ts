import { describe, expect, test } from "vitest";
import { brokenWithout, expectOracle, judge } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const NAME = "self-connect";

/** Twenty-eight ports from 32768 on; Linux tries fourteen of them. */
const OLD = {
  profile: "linux-pre-6.5",
  values: { attempts: 14 * 200, ports: 28, port: 32_778 },
} as const;

describe("Linux before it skipped ports", () => {
  test("meets itself every 28 / 2 tries, and of 28,232 ports every 14,116", () => {
    expectOracle(NAME, OLD, { min: 2 });
    const whole = { profile: "linux-pre-6.5", values: { attempts: 30_000 } } as const;
    const { measures } = runScenario(NAME, whole);
    expect(measures.histogram("attempts-between")).toMatchObject({ min: 14_116, max: 14_116 });
  });

  test("never does where the server's port is odd", () => {
    const odd = { ...OLD, values: { ...OLD.values, port: 32_779 } };
    expectOracle(NAME, odd, { min: 2 });
    expect(runScenario(NAME, odd).failures.get("ECONNREFUSED")).toBe(2800);
    expect(brokenWithout(NAME, OLD, odd)).toEqual(["self-connects", "period"]);
  });

  test("never does where the port lies outside of the ephemeral range", () => {
    const outside = { ...OLD, values: { ...OLD.values, port: 8080 } };
    expectOracle(NAME, outside, { min: 2 });
    expect(brokenWithout(NAME, OLD, outside)).toEqual(["self-connects", "period"]);
  });

  test("is told from a system that tries every port in turn", () => {
    const macos = { profile: "macos", values: { ...OLD.values, port: 49_162 } } as const;
    expectOracle(NAME, macos, { min: 2 });
    expect(judge(NAME, macos).find(({ name }) => name === "period")?.text).toContain(
      "expected 28 ",
    );
  });
});

test("Linux today skips at random, and meets itself as often", () => {
  expectOracle(NAME, { values: { attempts: 20_000, ports: 4, port: 32_770 } });
});

test("the connection is one TCB's with itself, by a simultaneous open", () => {
  const { counters, measures, connections } = runScenario(NAME, OLD);
  expect(counters[0]).toMatchObject({ ActiveOpens: 2800, PassiveOpens: 0 });
  expect(connections.failed).toBe(2800 - (measures.counts.get("self-connects") ?? 0));
});
