/** The same service on Node's worker threads: load runs in shards. */
export type { BulkProgress, BulkRequest } from "../bulk/bulk-protocol.ts";
export { type BulkWorker, openWorker, type StartWorker } from "./open-worker.ts";
export { serveIfWorker } from "./serve-here.ts";
