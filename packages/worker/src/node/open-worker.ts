import { MessageChannel, type MessagePort, type Worker } from "node:worker_threads";
import { type BulkResult, fromTransfer } from "@synfin/simulator/bulk";
import { type Endpoint, releaseProxy, wrap } from "comlink";
import type { BulkProgress, BulkRequest, BulkService } from "../bulk/bulk-protocol.ts";
import { createLifeline, type Lifeline } from "../lifeline.ts";
import type { RunId } from "../protocol.ts";
import type { Remote } from "../remote.ts";
import type { BulkWorkerData } from "./serve-here.ts";

/** Starts a thread that calls `serveIfWorker`, with this data and what moves there with it. */
export type StartWorker = (data: BulkWorkerData, transferList: readonly MessagePort[]) => Worker;

/** A worker that runs shards, one at a time. */
export interface BulkWorker {
  /**
   * Runs a shard to its end, or to `stop`. Rejects with an error in plain words
   * where the worker dies, runs out of memory, or refuses the request.
   */
  run(request: BulkRequest, onProgress: (progress: BulkProgress) => void): Promise<BulkResult>;
  /** Lets the run under way end now, with what there is. */
  stop(): void;
  /** Ends the worker. */
  close(): Promise<void>;
}

/** Starts a worker. */
export function openWorker(start: StartWorker): BulkWorker {
  const { port1, port2 } = new MessageChannel();
  const worker = start({ synfin: "bulk", port: port2 }, [port2]);
  const lifeline = createLifeline();
  worker.on("error", (error) => lifeline.cut(inPlainWords(error)));
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  worker.on("exit", (code) => lifeline.cut(new Error(`the worker ended with code ${code}`)));
  // Comlink lets go of an endpoint whose proxy is collected; this closure holds it.
  const remote = wrap<BulkService>(port1 as unknown as Endpoint) as unknown as Remote<BulkService>;
  let stops = false;
  return {
    async run(request, onProgress) {
      try {
        const id = await lifeline.during(() => remote.startBulk(request));
        return await follow(remote, id, lifeline, { onProgress, stops: () => stops });
      } catch (error) {
        throw inPlainWords(error);
      }
    },
    stop() {
      stops = true;
    },
    async close() {
      lifeline.cut(new Error("the worker was closed"));
      remote[releaseProxy]();
      port1.close();
      await Promise.race([ended, longEnough()]);
      await worker.terminate();
    },
  };
}

/**
 * A thread that ends by itself is better than one that is ended: Node 20 can
 * fall over one whose code V8 is still compiling.
 */
function longEnough(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
}

const PATIENCE_MS = 2000;

interface Follower {
  readonly onProgress: (progress: BulkProgress) => void;
  readonly stops: () => boolean;
}

async function follow(
  remote: Remote<BulkService>,
  id: RunId,
  lifeline: Lifeline,
  { onProgress, stops }: Follower,
): Promise<BulkResult> {
  for (;;) {
    const reply = await lifeline.during(() => remote.nextBulk(id));
    if (reply.kind === "done") {
      onProgress(reply.frame);
      return fromTransfer(reply.result);
    }
    if (reply.kind !== "frame") throw new Error(`the run was ${reply.kind}`);
    onProgress(reply.frame);
    if (!stops()) continue;
    const result = await lifeline.during(() => remote.stopBulk(id));
    if (result === undefined) throw new Error("the run was superseded");
    return fromTransfer(result);
  }
}

/** V8's ways to say that there is no memory left for a heap, a buffer, an array, a map. */
const NO_MEMORY =
  /out of memory|allocation failed|invalid (typed )?array (buffer )?length|maximum size exceeded/i;

function inPlainWords(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  const isOut = NO_MEMORY.test(message) || codeOf(error) === "ERR_WORKER_OUT_OF_MEMORY";
  return isOut ? new Error(`out of memory (${message})`, { cause: error }) : new Error(message);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
