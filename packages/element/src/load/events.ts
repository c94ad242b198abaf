import type { BulkSummary } from "@synfin/simulator/bulk";

/** The detail of `tcp-end`. */
export interface LoadEndDetail {
  readonly reason: "done" | "cancelled" | "failed";
  /** Only where the run came to its end. */
  readonly result?: BulkSummary;
  /** Only where it failed. */
  readonly error?: string;
}

/** The detail of `tcp-open`. */
export interface LoadOpenDetail {
  /** The number of the connection that was opened, from 1. */
  readonly nth: number;
}

/** The events of `<tcp-load>`, for typed listeners. */
export interface TcpLoadEventMap {
  "tcp-start": Event;
  "tcp-end": CustomEvent<LoadEndDetail>;
  "tcp-open": CustomEvent<LoadOpenDetail>;
}
