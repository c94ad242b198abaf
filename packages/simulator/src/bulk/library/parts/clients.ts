import type { Application } from "../../application.ts";
import type { Cell } from "../../cell.ts";
import { ADDRESSES, addressOf } from "../../connections.ts";
import type { BulkHost } from "../../host.ts";
import type { Times } from "./open-times.ts";

/** What clients connect to: the first address of the host with this number, at this port. */
export interface ClientsSpec {
  readonly server: number;
  readonly port: number;
  readonly times: Times;
  /** The first is due this long after the start. */
  readonly fromUs?: number;
  /** No one opens from this time on. */
  readonly untilUs?: number;
  /** At most so many open. */
  readonly count?: number;
  /** Told of each, just before it opens. */
  readonly opening?: (cell: Cell) => void;
}

const FIRST_PORT = 32_768;
const MOST = ADDRESSES - 1;

/**
 * Many clients that each open one connection, from an address of their own, so
 * that none runs out of ports. What becomes of it is up to `behaviour`.
 */
export function clients(spec: ClientsSpec, behaviour: Application): Application {
  const { port, times, fromUs = 0, opening } = spec;
  const { untilUs = Number.POSITIVE_INFINITY, count = Number.POSITIVE_INFINITY } = spec;
  const server = addressOf(spec.server, 0);
  const schedule = (cell: Cell, host: BulkHost, nth: number): void => {
    if (nth >= count) return;
    const atUs = fromUs + times(cell, nth);
    if (atUs < untilUs) cell.laterHost(host, atUs - cell.nowUs, 0, nth);
  };
  return {
    ...behaviour,
    begin(cell: Cell, host: BulkHost): void {
      schedule(cell, host, 0);
    },
    hostDue(cell: Cell, host: BulkHost, _what: number, nth: number): void {
      opening?.(cell);
      const localPort = FIRST_PORT + Math.floor(nth / MOST);
      cell.connect(host, server, port, { nth: 1 + (nth % MOST), localPort });
      schedule(cell, host, nth + 1);
    },
  };
}
