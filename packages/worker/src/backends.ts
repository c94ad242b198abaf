import type { Endpoint } from "comlink";

/** The ways to run, in the order in which they are tried. */
export const BACKENDS = ["worker-url", "inline-worker", "main-thread"] as const;

/**
 * - `worker-url`: a worker from the file that the page named.
 * - `inline-worker`: a worker from a Blob that holds the whole script.
 * - `main-thread`: on the page's own thread, in slices.
 */
export type Backend = (typeof BACKENDS)[number];

/** A way that was tried in vain. */
export interface FailedWay {
  readonly backend: Backend;
  readonly reason: string;
}

/** The far end of a way to run, before anyone knows whether it answers. */
export interface Far {
  readonly endpoint: Endpoint;
  /** Calls back if it fails, with the reason; at once or later. */
  readonly onFailure: (report: (reason: string) => void) => void;
  readonly close: () => void;
}

/** Opens the far end of one way. Throws if the browser refuses at once. */
export async function openFar(backend: Backend, workerUrl: string | undefined): Promise<Far> {
  if (backend === "worker-url") return openUrl(workerUrl);
  if (backend === "inline-worker") return openInline();
  return openMainThread();
}

function openUrl(workerUrl: string | undefined): Far {
  if (workerUrl === undefined) throw new Error("no worker-url was given");
  return workerFar(new Worker(workerUrl));
}

async function openInline(): Promise<Far> {
  const { INLINE_WORKER } = await import("#inline-worker");
  const url = URL.createObjectURL(new Blob([INLINE_WORKER], { type: "text/javascript" }));
  try {
    return workerFar(new Worker(url), () => URL.revokeObjectURL(url));
  } catch (error) {
    URL.revokeObjectURL(url);
    throw error;
  }
}

async function openMainThread(): Promise<Far> {
  const { serveHere } = await import("./main-thread.ts");
  return serveHere();
}

function workerFar(worker: Worker, afterwards: () => void = () => {}): Far {
  return {
    endpoint: worker,
    onFailure(report) {
      // A Blob worker that a policy forbids does not throw: it fires an empty
      // `error` a little later.
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        report(event.message || "the worker could not be loaded");
      });
      worker.addEventListener("messageerror", () => report("a message could not be read"));
    },
    close() {
      worker.terminate();
      afterwards();
    },
  };
}
