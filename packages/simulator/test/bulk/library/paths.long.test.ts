import { describe, expect, test } from "vitest";
import { covered, LONG_SEED, longRuns } from "../../../../../tools/testing/long.ts";
import { judge, type Verdict } from "../support/judge.ts";

/** Default sizes; a longer way only where the default would need millions of gaps. */
const SCENARIOS: readonly (readonly [name: string, values: Readonly<Record<string, number>>])[] = [
  ["keepalive-race", { delay: 500_000 }],
  ["idle-drop", {}],
  ["idle-drop", { forgotten: 1 }],
  ["dead-peer", {}],
  ["blackholed-syn", {}],
  ["conntrack-half-close", {}],
  ["reset-on-close", {}],
  ["hole-punch", { unsolicited: 1 }],
  ["last-ack-lost", {}],
  ["crossing-close", {}],
];

/** One true interval in a hundred misses, so a miss has to come twice to count. */
const SEEDS = [LONG_SEED, (LONG_SEED + 1) % 2 ** 32] as const;

describe("oracles at fresh seeds and default sizes", () => {
  test.each(SCENARIOS)("%s %o", (name, values) => {
    const max = longRuns(100);
    const first = judge(name, { values }, { seed: SEEDS[0], max });
    for (const { text } of first) covered(`${name}, seed ${SEEDS[0]}: ${text}`);
    const missed = missing(first);
    const again =
      missed.length === 0 ? [] : missing(judge(name, { values }, { seed: SEEDS[1], max }));
    const both = missed.filter((oracle) => again.includes(oracle));
    expect(both, `seeds ${SEEDS.join(" and ")}`).toEqual([]);
  });
});

function missing(verdicts: readonly Verdict[]): string[] {
  return verdicts.filter((each) => !each.holds).map(({ name }) => name);
}
