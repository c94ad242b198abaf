import { isMainThread, type MessagePort, workerData } from "node:worker_threads";
import { buffersOf } from "@synfin/simulator/bulk";
import { type Endpoint, expose, transfer } from "comlink";
import type { BulkService } from "../bulk/bulk-protocol.ts";
import { createBulkService } from "../bulk/bulk-service.ts";
import { createShard } from "../bulk/bulk-shard.ts";
import type { Thread } from "../run-loop.ts";
import { WORKER_SLICE_MS } from "../thread.ts";

/**
 * Node hands on up to a thousand messages of one port before it looks at
 * another, so a thread that yields by messages to itself would be deaf for
 * half a minute. `setImmediate` lets all of them go first.
 */
const THREAD: Thread = {
  now: () => performance.now(),
  yieldTo: (next) => void setImmediate(next),
  sliceMs: WORKER_SLICE_MS,
};

/** What a worker is started with. */
export interface BulkWorkerData {
  readonly synfin: "bulk";
  readonly port: MessagePort;
}

/**
 * Answers for load runs if this thread is a worker that was started for them.
 *
 * @returns whether it is; if not, nothing has happened
 */
export function serveIfWorker(): boolean {
  const data: unknown = workerData;
  if (isMainThread || !isOurs(data)) return false;
  const service = createBulkService(createShard, THREAD);
  // Nobody listens any more: with nothing left to do, the thread ends by itself.
  data.port.on("close", service.stop);
  expose(withTransfer(service), data.port as unknown as Endpoint);
  return true;
}

function isOurs(data: unknown): data is BulkWorkerData {
  return typeof data === "object" && data !== null && "synfin" in data && data.synfin === "bulk";
}

/** Results change hands instead of being copied. */
function withTransfer(service: BulkService): BulkService {
  return {
    ...service,
    async nextBulk(run) {
      const reply = await service.nextBulk(run);
      return reply.kind === "done" ? transfer(reply, buffersOf(reply.result)) : reply;
    },
    stopBulk(run) {
      const result = service.stopBulk(run);
      return result && transfer(result, buffersOf(result));
    },
  };
}
