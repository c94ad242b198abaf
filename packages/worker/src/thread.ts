import type { Thread } from "./run-loop.ts";

/** In a worker nobody paints; what must not wait is a message such as "cancel". */
export const WORKER_SLICE_MS = 24;
/** On a page: well under the 50 ms of a long task, and time left for a frame. */
export const PAGE_SLICE_MS = 8;

/** Node's own way to let others go first: there, one port may hold up the others for long. */
const { setImmediate } = globalThis as { setImmediate?: (next: () => void) => unknown };

/**
 * The thread this code runs on. In a browser it yields by a message to itself,
 * which waits its turn behind other messages and is not slowed down like
 * nested timers.
 */
export function thisThread(sliceMs: number): Thread & { readonly close: () => void } {
  const now = (): number => performance.now();
  if (setImmediate !== undefined) {
    return { now, yieldTo: (next) => void setImmediate(next), sliceMs, close: () => {} };
  }
  const { port1, port2 } = new MessageChannel();
  const queue: (() => void)[] = [];
  port1.addEventListener("message", () => queue.shift()?.());
  port1.start();
  return {
    now,
    yieldTo(next) {
      queue.push(next);
      port2.postMessage(0);
    },
    sliceMs,
    close() {
      port1.close();
      port2.close();
    },
  };
}
