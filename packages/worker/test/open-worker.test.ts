import { EventEmitter } from "node:events";
import type { Worker } from "node:worker_threads";
import { type Endpoint, expose } from "comlink";
import { expect, test } from "vitest";
import type { BulkRequest } from "../src/bulk/bulk-protocol.ts";
import { openWorker, type StartWorker } from "../src/node/open-worker.ts";

const REQUEST: BulkRequest = {
  scenario: "steady",
  choice: {},
  seed: 1,
  replication: 0,
  shard: { index: 0, count: 1 },
};

/** A worker of which only this is there: what answers at its port, and its events. */
function pretend(service: object): { readonly worker: EventEmitter; readonly start: StartWorker } {
  const worker = Object.assign(new EventEmitter(), { terminate: () => Promise.resolve(1) });
  return {
    worker,
    start: ({ port }) => {
      expose(service, port as unknown as Endpoint);
      port.on("close", () => worker.emit("exit", 0));
      return worker as unknown as Worker;
    },
  };
}

function outOfMemory(): never {
  throw new RangeError("Array buffer allocation failed");
}

test("a buffer that cannot be had is said to be memory", async () => {
  const { start } = pretend({ startBulk: outOfMemory });
  const worker = openWorker(start);
  await expect(worker.run(REQUEST, () => {})).rejects.toThrow(
    "out of memory (Array buffer allocation failed)",
  );
  await worker.close();
});

test("a worker that ends while it is waited for is no hang", async () => {
  const { worker: far, start } = pretend({
    startBulk: () => 1,
    nextBulk: () => new Promise(() => {}),
  });
  const worker = openWorker(start);
  const running = worker.run(REQUEST, () => {});
  setTimeout(() => far.emit("exit", 7), 20);
  await expect(running).rejects.toThrow("the worker ended with code 7");
  await worker.close();
});

test("what a worker dies of is said, not that it is gone", async () => {
  const { worker: far, start } = pretend({ startBulk: () => new Promise(() => {}) });
  const worker = openWorker(start);
  const running = worker.run(REQUEST, () => {});
  const error = Object.assign(new Error("heap limit"), { code: "ERR_WORKER_OUT_OF_MEMORY" });
  far.emit("error", error);
  far.emit("exit", 1);
  await expect(running).rejects.toThrow("out of memory (heap limit)");
  await worker.close();
});
