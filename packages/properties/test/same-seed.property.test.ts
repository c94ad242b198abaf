import { seqAdd } from "@synfin/core/tcp";
import {
  assertLaws,
  formatCoverage,
  playUnlessStorm,
  type Replay,
  sameSeedSameDigest,
  type Trial,
  trial,
} from "@synfin/properties";
import type { Scenario, ScenarioHost } from "@synfin/simulator";
import fc from "fast-check";
import { expect, test } from "vitest";
import { settings } from "./support/settings.ts";
import { showTrial } from "./support/show.ts";

const SEED = 20_260_102;
const RUNS = 1000;

/** One small thing that is different in the second run. */
const CHANGES: Readonly<Record<string, (trial: Trial) => Trial>> = {
  "another seed": ({ scenario, seed }) => ({ scenario, seed: seed + 1 }),
  "one fault more": ({ scenario, seed }) => {
    return { seed, scenario: { ...scenario, faults: [ADDED, ...(scenario.faults ?? [])] } };
  },
  "one microsecond of delay": ({ scenario, seed }) => {
    const link = { ...scenario.link, delayUs: scenario.link.delayUs + 1 };
    return { seed, scenario: { ...scenario, link } };
  },
  "one microsecond later": ({ scenario, seed }) => ({ scenario: later(scenario), seed }),
  "another initial sequence number": ({ scenario, seed }) => {
    const change = ({ isns = [], ...host }: ScenarioHost) => {
      const [first = 0, ...rest] = isns;
      return { ...host, isns: [seqAdd(first, 1), ...rest] };
    };
    return { seed, scenario: withClient(scenario, change) };
  },
  "one octet of window": ({ scenario, seed }) => {
    const change = (host: ScenarioHost) => {
      const receiveBuffer = (host.params?.["receiveBuffer"] ?? 65535) - 1;
      return { ...host, params: { ...host.params, receiveBuffer } };
    };
    return { seed, scenario: withClient(scenario, change) };
  },
};

const ADDED = "drop:client:any:2";

function withClient(scenario: Scenario, change: (host: ScenarioHost) => ScenarioHost): Scenario {
  const [client, server] = scenario.hosts;
  return { ...scenario, hosts: [change(client), server] };
}

/** The same script, the first `connect` one microsecond later. */
function later(scenario: Scenario): Scenario {
  const index = scenario.script.findIndex((step) => step.call === "connect" && "atUs" in step);
  const script = scenario.script.map((step, at) => {
    return at === index && "atUs" in step ? { ...step, atUs: step.atUs + 1 } : step;
  });
  return { ...scenario, script };
}

interface Pair {
  readonly trial: Trial;
  readonly change: string | undefined;
}

const pair: fc.Arbitrary<Pair> = fc.record({
  trial,
  change: fc.constantFrom(undefined, ...Object.keys(CHANGES)),
});

/** Plays it twice, the second time with the change, from a copy that shares nothing. */
function replay({ trial: drawn, change }: Pair): Replay | undefined {
  const first = playUnlessStorm(drawn.scenario, drawn.seed)?.trace;
  const copy: Trial = JSON.parse(JSON.stringify(drawn));
  const { scenario, seed } = change === undefined ? copy : (CHANGES[change]?.(copy) ?? copy);
  const second = playUnlessStorm(scenario, seed)?.trace;
  if (first === undefined || second === undefined) return undefined;
  return { first, second, ...(change === undefined ? {} : { change }) };
}

test(`same seed, same digest; one change, another: ${RUNS} pairs of runs`, {
  timeout: 120_000,
}, () => {
  const own = settings("packages/properties/test/same-seed.property.test.ts", SEED, RUNS);
  const report = assertLaws({
    ...own,
    laws: [sameSeedSameDigest],
    cases: pair,
    subject: replay,
    describe: ({ trial: drawn, change }) => `${change ?? "plain replay"}\n${showTrial(drawn)}`,
    least:
      own.runs < RUNS
        ? {}
        : {
            "sameSeedSameDigest: replayed": 50,
            "sameSeedSameDigest: another seed": 50,
            "sameSeedSameDigest: one fault more": 50,
            "sameSeedSameDigest: one microsecond of delay": 50,
            "sameSeedSameDigest: one microsecond later": 50,
            "sameSeedSameDigest: another initial sequence number": 50,
            "sameSeedSameDigest: one octet of window": 50,
          },
  });
  console.log(formatCoverage(report));
  expect(report.failure).toBeUndefined();
});
