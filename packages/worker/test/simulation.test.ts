import { DEFAULT_LOAD } from "@synfin/simulator/load";
import { expect, test } from "vitest";
import type { Far } from "../src/backends.ts";
import { connectTo } from "../src/simulation.ts";

/** A far end that never answers, and that the test can let fail. */
function silentFar(): Far & {
  readonly fail: (reason: string) => void;
  readonly closed: () => boolean;
} {
  const { port1, port2 } = new MessageChannel();
  const reports: ((reason: string) => void)[] = [];
  let closed = false;
  return {
    endpoint: port1,
    onFailure: (report) => reports.push(report),
    fail: (reason) => {
      for (const report of reports) report(reason);
    },
    close() {
      closed = true;
      port1.close();
      port2.close();
    },
    closed: () => closed,
  };
}

test("a worker that fails takes with it what is awaited, and what is asked later", async () => {
  const far = silentFar();
  const simulation = connectTo(far, "inline-worker", []);
  const waiting = simulation.load(DEFAULT_LOAD);
  far.fail("out of memory");
  await expect(waiting).rejects.toThrow("The worker failed: out of memory");
  await expect(simulation.load(DEFAULT_LOAD)).rejects.toThrow("out of memory");
  expect(far.closed()).toBe(false);
  simulation.close();
  expect(far.closed()).toBe(true);
});

test("closing twice closes once", () => {
  const far = silentFar();
  const simulation = connectTo(far, "inline-worker", []);
  simulation.close();
  simulation.close();
  expect(far.closed()).toBe(true);
});
