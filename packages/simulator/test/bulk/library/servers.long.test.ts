import { expect, test } from "vitest";
import { covered, LONG_SEED } from "../../../../../tools/testing/long.ts";
import { judge, misses } from "../support/judge.ts";

/**
 * Default sizes, but where a small share would be counted: it takes 10⁵ events
 * to know one to a hundredth, whatever their rate.
 */
const CHOICES: readonly (readonly [string, Readonly<Record<string, number>>])[] = [
  ["accept-queue-overflow", {}],
  ["close-wait-leak", { leak: 900_000 }],
  ["reconnect-stampede", {}],
  ["reconnect-stampede", { jitter: 12_000_000 }],
  ["syn-flood", { policy: 0 }],
  ["syn-flood", { policy: 1 }],
  ["syn-flood", { policy: 2 }],
  ["fin-wait-2-pile-up", {}],
  ["fin-wait-2-pile-up", { held: 1 }],
  ["fin-wait-1-orphans", { gone: 1_000_000, rate: 20 }],
  ["fin-wait-1-orphans", { gone: 1_000_000, rate: 5, "max-orphans": 256 }],
  ["challenge-ack-side-channel", {}],
  ["challenge-ack-side-channel", { "limit-of": 1 }],
];

/** At 0.99 one run in six would fail by chance, with so many oracles. */
const LEVEL = 0.999;

test.each(CHOICES)("%s %j at a fresh seed", (name, values) => {
  const verdicts = judge(name, { values }, { seed: LONG_SEED, level: LEVEL, max: 400 });
  covered(`seed ${LONG_SEED}, ${name}: ${verdicts.map(({ text }) => text).join("; ")}`);
  expect(verdicts.length).toBeGreaterThan(0);
  expect(misses(verdicts)).toEqual([]);
});
