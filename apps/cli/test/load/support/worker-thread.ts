import { fileURLToPath } from "node:url";
import { type ResourceLimits, Worker } from "node:worker_threads";
import type { StartWorker } from "@synfin/worker/node";
import { build } from "esbuild";

const SOURCE = `import { serveIfWorker } from "@synfin/worker/node"; serveIfWorker();`;

/** The worker as one script made from the sources: Node 20 runs no TypeScript by itself. */
export async function workerScript(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: SOURCE, resolveDir: fileURLToPath(new URL("../../..", import.meta.url)) },
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    conditions: ["synfin-source"],
  });
  return outputFiles[0]?.text ?? "";
}

/** Starts workers of this script, and keeps them at hand for a test to kill. */
export class Threads {
  readonly started: Worker[] = [];
  readonly start: StartWorker;

  constructor(script: string, resourceLimits: ResourceLimits = {}) {
    this.start = (workerData, transferList) => {
      const how = { eval: true, workerData, transferList: [...transferList], resourceLimits };
      const worker = new Worker(script, how);
      this.started.push(worker);
      return worker;
    };
  }
}
