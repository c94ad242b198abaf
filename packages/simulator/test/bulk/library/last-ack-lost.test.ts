import { expect, test } from "vitest";
import { meanExtensionUs, meanRounds } from "../../../src/bulk/library/last-ack-lost.oracle.ts";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

/** TIME-WAIT of a second and a timeout that does not grow: the extension weighs enough. */
const params = { mslUs: 500_000, maxRtoUs: 240_000 };
const SMALL = { values: { connections: 1500, rate: 1500, loss: 200_000 }, params };

test("the second FIN is sent 1 / (1 − p)² times, and each that comes restarts 2MSL (MUST-13)", () => {
  expectOracle("last-ack-lost", SMALL);
});

test("without loss, one FIN and 2MSL", () => {
  const lossless = { values: { ...SMALL.values, connections: 100, loss: 0 } };
  const means = expectOracle("last-ack-lost", lossless);
  expect(means["fins"]).toBe(1);
  expect(means["time-wait"]).toBe(60_000_000);
});

test("a TIME-WAIT that an old FIN does not restart lasts 2MSL", () => {
  const off = { ...SMALL, params: { ...params, oldFinRestartsTimeWait: 0 } };
  expect(brokenWithout("last-ack-lost", SMALL, off)).toEqual(["time-wait"]);
});

test("where nothing is lost, no FIN is sent again", () => {
  const off = { ...SMALL, values: { ...SMALL.values, loss: 0 } };
  expect(brokenWithout("last-ack-lost", SMALL, off)).toEqual(["fins", "time-wait"]);
});

test("the mean extension of two rounds, by hand", () => {
  // The first comes and its answer is lost, and the second comes: p(1 − p)² of all cases, and
  // none begins with neither, which is p² of them.
  expect(meanExtensionUs([0, 100], 0.5, 1000)).toBeCloseTo((100 * 0.125) / 0.75, 9);
  expect(meanExtensionUs([0, 100], 0.5, 99)).toBe(0);
  expect(meanRounds(0.5, 2)).toBeCloseTo(1.75, 9);
});

test("all close in the end, whatever is lost", () => {
  const { connections, failures } = runScenario("last-ack-lost", SMALL);
  expect(connections.closed).toBe(1500);
  expect([...failures]).toEqual([]);
});
