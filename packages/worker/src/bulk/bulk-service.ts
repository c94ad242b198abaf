import type { BulkTransfer } from "@synfin/simulator/bulk";
import type { RunId } from "../protocol.ts";
import { RunLoop, type Running, type Thread } from "../run-loop.ts";
import type { BulkProgress, BulkReply, BulkRequest, BulkService } from "./bulk-protocol.ts";

type Shard = Running<BulkProgress, BulkTransfer>;

interface Current {
  readonly id: RunId;
  readonly shard: Shard;
  readonly loop: RunLoop<BulkProgress, BulkTransfer>;
}

/** The service and the way to end what it has under way. */
export interface StoppableBulkService extends BulkService {
  /** Ends the run under way, for whoever takes the thread down. */
  stop(): void;
}

/** The service without any worker, so that a test can call it. */
export function createBulkService(
  createShard: (request: BulkRequest) => Shard,
  thread: Thread,
): StoppableBulkService {
  let current: Current | undefined;
  let started = 0;
  return {
    startBulk(request) {
      current?.loop.end("superseded");
      started += 1;
      const shard = createShard(request);
      current = { id: started, shard, loop: new RunLoop(shard, thread) };
      return started;
    },
    nextBulk: (id) =>
      current?.id === id ? current.loop.next() : Promise.resolve<BulkReply>({ kind: "superseded" }),
    stopBulk(id) {
      if (current?.id !== id) return undefined;
      current.loop.end("cancelled");
      return current.shard.result();
    },
    stop: () => current?.loop.end("cancelled"),
  };
}
