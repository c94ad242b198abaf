import type { Thread } from "./run-loop.ts";

/** In a worker nobody paints; what must not wait is a message such as "cancel". */
export const WORKER_SLICE_MS = 24;
/** On a page: well under the 50 ms of a long task, and time left for a frame. */
export const PAGE_SLICE_MS = 8;

/**
 * The thread this code runs on. It yields by a message to itself, which waits
 * its turn behind other messages and is not slowed down like nested timers.
 */
export function thisThread(sliceMs: number): Thread & { readonly close: () => void } {
  const { port1, port2 } = new MessageChannel();
  const queue: (() => void)[] = [];
  port1.addEventListener("message", () => queue.shift()?.());
  port1.start();
  return {
    now: () => performance.now(),
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
