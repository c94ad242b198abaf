import { expect, test } from "vitest";
import type { Far } from "../src/backends.ts";
import { serveHere } from "../src/main-thread.ts";
import { connectTo } from "../src/simulation.ts";
import { STEADY, steady } from "./crowd.ts";

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
  const waiting = simulation.load(STEADY);
  far.fail("out of memory");
  await expect(waiting).rejects.toThrow("The worker failed: out of memory");
  await expect(simulation.load(STEADY)).rejects.toThrow("out of memory");
  expect(far.closed()).toBe(false);
  simulation.close();
  expect(far.closed()).toBe(true);
});

test("a worker that was ended without a word is noticed by its silence", async () => {
  const far = silentFar();
  const simulation = connectTo(far, "inline-worker", [], 100);
  await expect(simulation.load(STEADY)).rejects.toThrow("The worker failed: no answer for 0.1 s");
  simulation.close();
});

test("one that answers is not given up, however long its run is paused", async () => {
  const far = serveHere();
  const simulation = connectTo(far, "main-thread", [], 200);
  const session = await simulation.load(steady({ connections: 1_000_000, rate: 10_000 }));
  await session.pause();
  await session.next();
  const waiting = session.next();
  await new Promise((resolve) => setTimeout(resolve, 500));
  await session.resume();
  expect((await waiting).kind).toBe("frame");
  simulation.close();
});

test("closing twice closes once", () => {
  const far = silentFar();
  const simulation = connectTo(far, "inline-worker", []);
  simulation.close();
  simulation.close();
  expect(far.closed()).toBe(true);
});
