import {
  findScenario,
  parseFault,
  type Scenario,
  scenarios,
  traceScenario,
} from "@synfin/simulator";
import { describe, expect, test } from "vitest";

const EVERY = scenarios.map((scenario) => [scenario.name, scenario] as const);

function named(name: string): Scenario {
  const scenario = findScenario(name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  return scenario;
}

describe.each(EVERY)("%s", (_name, scenario) => {
  test("same seed, same trace", () => {
    expect(traceScenario(scenario, { seed: 7 })).toEqual(traceScenario(scenario, { seed: 7 }));
  });

  test("another seed, another digest", () => {
    expect(traceScenario(scenario, { seed: 8 }).digest).not.toBe(
      traceScenario(scenario, { seed: 7 }).digest,
    );
  });

  test("a link one microsecond longer, another digest", () => {
    const longer = { ...scenario, link: { ...scenario.link, delayUs: scenario.link.delayUs + 1 } };
    expect(traceScenario(longer).digest).not.toBe(traceScenario(scenario).digest);
  });
});

test("one fault more, another digest, even where it changes nothing else", () => {
  const scenario = named("stuck-in-close-wait");
  const last = parseFault("drop:server:ACK:2");
  if (!last.ok) throw new Error(last.message);
  expect(traceScenario(scenario, { faults: [last.value] }).digest).not.toBe(
    traceScenario(scenario).digest,
  );
});

/**
 * A golden run. A change of this value for an unchanged scenario is a change
 * of what synfin computes: say so in the changelog.
 */
test("the digest of four-way-close with seed 1 is what it always was", () => {
  expect(traceScenario(named("four-way-close"), { seed: 1 }).digest).toMatchInlineSnapshot(
    `"86c8687f10d07cfe"`,
  );
});

test("seeds up to 2⁵³ − 1 count in full", () => {
  const scenario = named("lost-fin");
  const digests = [1, 2 ** 32 + 1, 2 ** 52 + 1, 2 ** 53 - 1].map(
    (seed) => traceScenario(scenario, { seed }).digest,
  );
  expect(new Set(digests).size).toBe(4);
});
