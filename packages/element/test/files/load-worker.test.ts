import { PROFILE_NAMES } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { compareRuns, fewOf, parts, worker } from "./worker-text.ts";

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
  ])(
    "%s, with its parts",
    (scenario) => compareRuns(scenario, { values: fewOf(scenario) }),
    60_000,
  );

  test.each(PROFILE_NAMES)(
    "the first scenario, as %s",
    (profile) => compareRuns("steady", { profile, values: { connections: 300, loss: 200_000 } }),
    60_000,
  );

  test.each([
    { loss: 1_000_000 },
    { loss: 500_000, hold: 0 },
    { delay: 0, hold: 0, rate: 10_000_000 },
    { delay: 10_000_000, hold: 3_600_000_000 },
  ])(
    "the first scenario by itself, with %o",
    (values) => compareRuns("steady", { values: { connections: 300, ...values } }),
    60_000,
  );
});

test("what the machine asserts is told once a part has come, and has a number before", () => {
  expect(worker).not.toContain("SND.UNA is past SND.NXT");
  expect(parts["load-rest"]).toContain("SND.UNA is past SND.NXT");
});
