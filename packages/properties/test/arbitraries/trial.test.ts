import { describeTrial, isn, trial } from "@synfin/properties";
import { parseScenario } from "@synfin/simulator";
import fc from "fast-check";
import { expect, test } from "vitest";

const RUNS = { seed: 1, numRuns: 1000 };

test("random scenarios are scenarios: the parser takes each as it is", () => {
  let parsed = 0;
  fc.assert(
    fc.property(trial, ({ scenario }) => {
      const result = parseScenario(JSON.parse(JSON.stringify(scenario)));
      if (!result.ok) throw new Error(result.message);
      expect(result.value).toEqual(scenario);
      parsed += 1;
    }),
    RUNS,
  );
  expect(parsed).toBe(RUNS.numRuns);
});

test("they shrink to the plain handshake", () => {
  const details = fc.check(
    fc.property(trial, ({ scenario }) => scenario.script.every(({ call }) => call !== "connect")),
    RUNS,
  );
  const [smallest] = details.counterexample ?? [];
  expect(smallest === undefined ? "" : describeTrial(smallest)).toBe(`seed 0
link: delayUs 50000
client 192.0.2.1
server 192.0.2.2
at 0 µs: server listen port 80
at 0 µs: client connect port 80 fromPort 50000`);
});

test("a counterexample prints as a script that a human can read", () => {
  const shown = fc.sample(trial, { seed: 4, numRuns: 50 }).map((drawn) => fc.stringify(drawn));
  expect(shown.filter((text) => /^seed \d+\nlink: delayUs \d+/.test(text))).toHaveLength(50);
  const all = shown.join("\n");
  expect(all).toMatch(/^on ESTABLISHED \+\d+ µs: client send bytes \d+$/m);
  expect(all).toMatch(/^on CLOSE-WAIT \+\d+ µs: server close$/m);
  expect(all).toMatch(/^client \S+: isns \d+ \d+; delayedAckUs \d+/m);
  expect(all).toMatch(/^faults: (drop|duplicate|delay=|reorder|corrupt)/m);
});

test("users do everything that users can do", () => {
  const drawn = fc.sample(trial, { seed: 5, numRuns: 1000 });
  const calls = new Set(drawn.flatMap(({ scenario }) => scenario.script.map(({ call }) => call)));
  expect([...calls].sort()).toEqual([
    "abort",
    "close",
    "connect",
    "inject",
    "keep-alive",
    "listen",
    "reboot",
    "receive",
    "send",
    "shutdown",
  ]);
});

test("initial sequence numbers crowd where the wrap is", () => {
  const drawn = fc.sample(isn, { seed: 6, numRuns: 1000 });
  const nearWrap = drawn.filter((value) => value > 0xffff_ffff - 6000).length;
  expect(nearWrap).toBeGreaterThan(300);
  expect(drawn.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
  expect(drawn).toContain(0xffff_ffff);
});
