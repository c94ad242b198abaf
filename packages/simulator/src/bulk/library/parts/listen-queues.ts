import type { BulkListener } from "../../bulk-listener.ts";
import type { Cell } from "../../cell.ts";
import type { BulkHost } from "../../host.ts";

/** What it measures: when each queue of a listener was full for the first time. */
export const ACCEPT_QUEUE_FULL = "accept-queue-full";
export const SYN_QUEUE_FULL = "syn-queue-full";

/** Looks whether the two queues of a listener are full (RFC 4987), and notes when first. */
export class ListenQueues {
  #cell: Cell | undefined;
  #listener: BulkListener | undefined;

  /** From now on it looks at this one. */
  begin(cell: Cell, host: BulkHost, port: number): void {
    this.#cell = cell;
    this.#listener = host.listeners.get(port);
  }

  /** To be called when one more waits for `accept`. */
  lookAtWaiting(): void {
    if (this.#listener !== undefined && isFull(this.#listener, this.#listener.waiting)) {
      this.#cell?.measures.first(ACCEPT_QUEUE_FULL, this.#cell.nowUs);
    }
  }

  /** To be called when a segment leaves: one more that is half-open sends its SYN,ACK at once. */
  lookAtHalfOpen(): void {
    if (this.#listener !== undefined && isFull(this.#listener, this.#listener.halfOpen)) {
      this.#cell?.measures.first(SYN_QUEUE_FULL, this.#cell.nowUs);
    }
  }
}

/** There is room for one more than the backlog says. */
function isFull({ backlog }: BulkListener, { size }: ReadonlySet<unknown>): boolean {
  return size > backlog;
}
