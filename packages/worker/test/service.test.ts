import { scenarios, type Trace, traceScenario } from "@synfin/simulator";
import { frameField } from "@synfin/simulator/bulk";
import { expect, test } from "vitest";
import type { FrameReply, SampleRequest } from "../src/protocol.ts";
import type { Thread } from "../src/run-loop.ts";
import { createService, type Service } from "../src/service.ts";
import { countingRun, steady } from "./crowd.ts";

const small = steady({ connections: 4000 });

/** A thread whose clock and whose turns the test holds in its hand. */
function handThread(): Thread & { readonly turn: () => boolean } {
  const queue: (() => void)[] = [];
  let now = 0;
  return {
    // Each look at the clock takes ten milliseconds, so a slice is one batch.
    now: () => (now += 10),
    yieldTo: (next) => queue.push(next),
    sliceMs: 5,
    turn() {
      const next = queue.shift();
      next?.();
      return next !== undefined;
    },
  };
}

const noSample = {
  createSample: () => {
    throw new Error("not asked for here");
  },
};

function service(thread: Thread): Service {
  return createService(
    {
      ...noSample,
      createLoad: countingRun,
    },
    thread,
  );
}

const eventsOf = (reply: FrameReply): number =>
  "frame" in reply ? frameField(reply.frame, "events") : Number.NaN;

test("a run moves slice by slice and ends with its result", async () => {
  const thread = handThread();
  const it = service(thread);
  const run = it.startLoad(small);

  const seen: number[] = [];
  for (;;) {
    thread.turn();
    const reply = await it.nextFrame(run);
    seen.push(eventsOf(reply));
    if (reply.kind !== "done") continue;
    expect(reply.result.summary.digest).toBe("0123456789abcdef");
    expect(reply.busyMs).toBeGreaterThan(0);
    break;
  }
  expect(seen).toEqual([1024, 2048, 3072, 4000]);
  expect(thread.turn()).toBe(false);
});

test("a frame that was asked for early comes with the next slice", async () => {
  const thread = handThread();
  const it = service(thread);
  const run = it.startLoad(small);
  await it.nextFrame(run);
  const early = it.nextFrame(run);
  thread.turn();
  expect(eventsOf(await early)).toBe(1024);
});

test("only one frame is under way: asking twice is refused", async () => {
  const it = service(handThread());
  const run = it.startLoad(small);
  await it.nextFrame(run);
  const first = it.nextFrame(run);
  await expect(it.nextFrame(run)).rejects.toThrow("already asked for");
  it.cancelLoad(run);
  expect(await first).toEqual({ kind: "cancelled" });
});

test("a paused run stands still, and goes on when resumed", async () => {
  const thread = handThread();
  const it = service(thread);
  const run = it.startLoad(small);
  thread.turn();
  it.pauseLoad(run);
  thread.turn();
  expect(eventsOf(await it.nextFrame(run))).toBe(1024);
  expect(thread.turn()).toBe(false);

  it.resumeLoad(run);
  const next = it.nextFrame(run);
  thread.turn();
  expect(eventsOf(await next)).toBe(2048);
});

test("pausing and resuming within one turn does not double the pace", async () => {
  const thread = handThread();
  const it = service(thread);
  const run = it.startLoad(small);
  it.pauseLoad(run);
  it.resumeLoad(run);
  expect([thread.turn(), thread.turn(), thread.turn(), thread.turn()]).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(thread.turn()).toBe(false);
  expect(eventsOf(await it.nextFrame(run))).toBe(4000);
});

test("cancelling answers who waits, and computes no further", async () => {
  const thread = handThread();
  const it = service(thread);
  const run = it.startLoad(small);
  await it.nextFrame(run);
  const waiting = it.nextFrame(run);
  it.cancelLoad(run);
  expect(await waiting).toEqual({ kind: "cancelled" });
  thread.turn();
  expect(thread.turn()).toBe(false);
});

test("a newer run supersedes an older one", async () => {
  const thread = handThread();
  const it = service(thread);
  const older = it.startLoad(small);
  await it.nextFrame(older);
  const waiting = it.nextFrame(older);
  const newer = it.startLoad(steady({ connections: 100 }));
  expect(await waiting).toEqual({ kind: "superseded" });
  expect(await it.nextFrame(older)).toEqual({ kind: "superseded" });
  while (thread.turn());
  expect((await it.nextFrame(newer)).kind).toBe("done");
});

test("a request that is refused leaves the older run alone", async () => {
  const thread = handThread();
  const it = createService(
    {
      ...noSample,
      createLoad(request) {
        if (request.seed < 0) throw new RangeError("seed is -1");
        return countingRun(request);
      },
    },
    thread,
  );
  const run = it.startLoad(small);
  expect(() => it.startLoad({ ...small, seed: -1 })).toThrow("seed is -1");
  while (thread.turn());
  expect((await it.nextFrame(run)).kind).toBe("done");
});

test("a crowd that throws fails the frame that is waited for", async () => {
  const thread = handThread();
  const it = createService(
    {
      ...noSample,
      createLoad: () => ({
        ...countingRun(),
        advance() {
          throw new Error("a bug in the machine");
        },
      }),
    },
    thread,
  );
  const run = it.startLoad(small);
  thread.turn();
  await expect(it.nextFrame(run)).rejects.toThrow("a bug in the machine");
});

test("a connection that is looked for supersedes a crowd, and is told in the end", async () => {
  const thread = handThread();
  const trace = traceOfNobody();
  let opened = 0;
  const createSample = ({ nth }: SampleRequest) => ({
    advance(maxEvents: number) {
      opened += maxEvents;
      return opened >= nth;
    },
    frame: () => ({ opened, atUs: 0 }),
    result: () => trace,
  });
  const it = createService({ createLoad: countingRun, createSample }, thread);
  const crowd = it.startLoad(small);
  const sample = it.startSample({ ...small, nth: 2000 });
  expect(await it.nextFrame(crowd)).toEqual({ kind: "superseded" });
  thread.turn();
  thread.turn();
  expect(await it.nextSample(sample)).toMatchObject({ kind: "frame", frame: { opened: 1024 } });
  thread.turn();
  expect(await it.nextSample(sample)).toMatchObject({ kind: "done", result: trace });
});

function traceOfNobody(): Trace {
  const [scenario] = scenarios;
  if (scenario === undefined) throw new Error("no scenario ships");
  return traceScenario(scenario);
}
