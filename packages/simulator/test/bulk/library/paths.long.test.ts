import { describe, expect, test } from "vitest";
import { covered, longRuns } from "../../../../../tools/testing/long.ts";
import { type Judgement, judge } from "../support/judge.ts";

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
const SEEDS = [freshSeed(), freshSeed()] as const;

function freshSeed(): number {
  return Math.floor(Math.random() * 0x1_0000_0000);
}

describe("oracles at fresh seeds and default sizes", () => {
  test.each(SCENARIOS)("%s %o", (name, values) => {
    const max = longRuns(100);
    const first = judge(name, { values }, { seed: SEEDS[0], max });
    const missed = misses(first);
    const again =
      missed.length === 0 ? [] : misses(judge(name, { values }, { seed: SEEDS[1], max }));
    for (const [oracle, { expected, found }] of first) {
      const { mean, halfWidth, n } = found;
      covered(`${name} ${oracle}: ${expected} expected, ${mean} ± ${halfWidth} of ${n} runs`);
    }
    const both = missed.filter((oracle) => again.includes(oracle));
    expect(both, `seeds ${SEEDS.join(" and ")}`).toEqual([]);
  });
});

function misses(judgements: ReadonlyMap<string, Judgement>): string[] {
  return [...judgements].filter(([, { holds }]) => !holds).map(([oracle]) => oracle);
}
