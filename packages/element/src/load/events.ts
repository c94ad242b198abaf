import type { BulkSummary } from "@synfin/simulator/bulk";
import type { LoadView } from "./load-controller.ts";

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
  /** A run begins. */
  "tcp-start": Event;
  /**
   * A run is over; `detail.reason` is `done`, `cancelled` or `failed`. For `done`, `detail.result`
   * is the result; for `failed`, `detail.error` says why.
   */
  "tcp-end": CustomEvent<LoadEndDetail>;
  /** A connection of the crowd is opened; `detail.nth` is its number, from 1. */
  "tcp-open": CustomEvent<LoadOpenDetail>;
}

/** What is told when a run is over. */
export function endOf({ phase, result, error }: LoadView): TcpLoadEventMap["tcp-end"] {
  const reason = phase === "done" || phase === "failed" ? phase : "cancelled";
  const detail: LoadEndDetail = {
    reason,
    ...(result === undefined ? {} : { result }),
    ...(error === undefined ? {} : { error }),
  };
  return new CustomEvent("tcp-end", { detail });
}
