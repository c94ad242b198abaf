import { type BulkTransfer, fromTransfer } from "@synfin/simulator/bulk";
import { expect, test } from "vitest";
import type { BulkRequest, BulkService } from "../src/bulk/bulk-protocol.ts";
import { createBulkService } from "../src/bulk/bulk-service.ts";
import { createShard } from "../src/bulk/bulk-shard.ts";
import type { Thread } from "../src/run-loop.ts";

const REQUEST: BulkRequest = {
  scenario: "steady",
  choice: { values: { connections: 2000, rate: 2000, hold: 100_000 } },
  seed: 7,
  replication: 0,
  shard: { index: 0, count: 1 },
};

/** A thread whose every look at the clock takes ten milliseconds, so that slices are short. */
function busyThread(): Thread {
  let now = 0;
  return { now: () => (now += 10), yieldTo: (next) => void setImmediate(next), sliceMs: 5 };
}

async function finish(service: BulkService, request: BulkRequest): Promise<BulkTransfer> {
  const run = service.startBulk(request);
  for (;;) {
    const reply = await service.nextBulk(run);
    if (reply.kind === "done") return reply.result;
    if (reply.kind !== "frame") throw new Error(`the run was ${reply.kind}`);
  }
}

test("a shard runs to its end, and says on the way how far it is", async () => {
  const service = createBulkService(createShard, busyThread());
  const run = service.startBulk(REQUEST);
  const shares: number[] = [];
  let reply = await service.nextBulk(run);
  while (reply.kind === "frame") {
    shares.push(reply.frame.share ?? Number.NaN);
    reply = await service.nextBulk(run);
  }
  if (reply.kind !== "done") throw new Error(`the run was ${reply.kind}`);
  expect(reply.result.connections).toMatchObject({ opened: 2000, closed: 2000 });
  expect(reply.frame.share).toBe(1);
  expect(shares.length).toBeGreaterThan(10);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
});

test("a run that is stopped gives what there is, and the next one is whole", async () => {
  const service = createBulkService(createShard, busyThread());
  const run = service.startBulk(REQUEST);
  for (let turn = 0; turn < 2; turn += 1) await service.nextBulk(run);
  const part = service.stopBulk(run);
  if (part === undefined) throw new Error("there is no such run");
  expect(fromTransfer(part).partial).toBe(true);
  expect(part.connections.opened).toBeGreaterThan(0);
  expect(part.connections.opened).toBeLessThan(2000);
  expect(await service.nextBulk(run)).toEqual({ kind: "cancelled" });
  expect((await finish(service, REQUEST)).partial).toBe(false);
});

test("a second run ends the first", async () => {
  const service = createBulkService(createShard, busyThread());
  const first = service.startBulk(REQUEST);
  const done = finish(service, REQUEST);
  expect(await service.nextBulk(first)).toEqual({ kind: "superseded" });
  expect(service.stopBulk(first)).toBeUndefined();
  expect((await done).connections.closed).toBe(2000);
});

test.each([
  [{ ...REQUEST, scenario: "stedy" }, 'there is no load scenario "stedy"'],
  [{ ...REQUEST, choice: { values: { rate: 0 } } }, "rate is 0; it must be an integer from 1"],
] as const)("what cannot be run is refused with %j", (request, message) => {
  const service = createBulkService(createShard, busyThread());
  expect(() => service.startBulk(request)).toThrow(message);
});

test("memory that cannot be had ends the run with its error, and the next one works", async () => {
  let isOut = true;
  const service = createBulkService((request) => {
    const shard = createShard(request);
    const advance = (most: number): boolean => {
      // A real allocation that no machine can make.
      if (isOut) new ArrayBuffer(Number.MAX_SAFE_INTEGER);
      return shard.advance(most);
    };
    return { ...shard, advance };
  }, busyThread());
  await expect(finish(service, REQUEST)).rejects.toThrow(/allocation failed/);
  isOut = false;
  expect((await finish(service, REQUEST)).connections.closed).toBe(2000);
});
