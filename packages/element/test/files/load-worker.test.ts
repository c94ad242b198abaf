import { PROFILE_NAMES } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { fewOf, parts, runBoth, worker } from "./worker-text.ts";

async function expectSame(...run: Parameters<typeof runBoth>): Promise<void> {
  const [built, source] = await runBoth(...run);
  expect(built).toEqual(source);
}

describe("the worker of tcp-load.js runs as the source does [point 10]", () => {
  // Those that come to what the first one does not: text, cookies, probes, boxes, old ports.
  test.each([
    "address-in-use",
    "blackholed-syn",
    "challenge-ack-side-channel",
    "conntrack-half-close",
    "dead-peer",
    "hole-punch",
    "reset-on-close",
    "syn-flood",
  ])("%s, with its parts", (scenario) => expectSame(scenario, { values: fewOf(scenario) }), 60_000);

  test.each(PROFILE_NAMES)(
    "the first scenario, as %s",
    (profile) => expectSame("steady", { profile, values: { connections: 300, loss: 200_000 } }),
    60_000,
  );

  test.each([
    { loss: 1_000_000 },
    { loss: 500_000, hold: 0 },
    { delay: 0, hold: 0, rate: 10_000_000 },
    { delay: 10_000_000, hold: 3_600_000_000 },
  ])(
    "the first scenario by itself, with %o",
    (values) => expectSame("steady", { values: { connections: 300, ...values } }),
    60_000,
  );
});

test("what the machine asserts is told once a part has come, and has a number before", () => {
  expect(worker).not.toContain("SND.UNA is past SND.NXT");
  expect(parts["load-rest"]).toContain("SND.UNA is past SND.NXT");
});
