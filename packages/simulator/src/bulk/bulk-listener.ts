import { NEVER } from "@synfin/core/tcp";
import type { BacklogCounts, BacklogPolicy } from "@synfin/sockets";
import type { End } from "./connections.ts";
import type { BulkHost } from "./host.ts";

export interface BulkListenOptions {
  /** One more than this may be half-open, and one more wait for `accept`; any by default. */
  readonly backlog?: number;
  /** The application accepts by itself (`Cell.accept`); otherwise each is accepted at once. */
  readonly acceptsByHand?: boolean;
}

/** A port of a host that takes connections, and its two queues (RFC 4987). */
export class BulkListener {
  readonly backlog: number;
  readonly acceptsByHand: boolean;
  /** Connections in SYN-RECEIVED, the oldest first; counted only where the backlog is bounded. */
  readonly halfOpen: Set<End> = new Set();
  /** Connections whose handshake is done and which no one has accepted, the oldest first. */
  readonly waiting: Set<End> = new Set();
  /** When it last answered with a SYN cookie, or `NEVER`. */
  cookieSentAtUs: number = NEVER;
  readonly policy: BacklogPolicy;

  constructor(host: BulkHost, options: BulkListenOptions) {
    this.backlog = options.backlog ?? Number.POSITIVE_INFINITY;
    this.acceptsByHand = options.acceptsByHand ?? false;
    const { synQueueFull, acceptOverflowResets } = host.params;
    this.policy = { backlog: this.backlog, synQueueFull, acceptOverflowResets };
  }

  get isBounded(): boolean {
    return this.backlog !== Number.POSITIVE_INFINITY;
  }

  get counts(): BacklogCounts {
    return { halfOpen: this.halfOpen.size, waiting: this.waiting.size };
  }
}
