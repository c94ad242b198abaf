import type { Application } from "../../application.ts";
import type { Cell } from "../../cell.ts";
import type { End } from "../../connections.ts";
import type { BulkHost } from "../../host.ts";
import type { ListenQueues } from "./listen-queues.ts";

const SECOND_US = 1_000_000;

export interface WorkerSpec {
  readonly port: number;
  readonly backlog: number;
  /** How many connections it deals with in a second; 0 for a server that hangs. */
  readonly perSecond: number;
  /** What it does with one. */
  readonly serve: (cell: Cell, end: End) => void;
  /** A connection has come to the accept queue. */
  readonly queued?: (cell: Cell) => void;
  /** Looks at how full they are. */
  readonly queues: ListenQueues;
}

/**
 * A server with one worker, which accepts the next connection when it is done
 * with the last one. While it is busy connections wait in the accept queue.
 */
export function worker(spec: WorkerSpec): Application {
  const { port, backlog, perSecond, serve, queued, queues } = spec;
  let busySinceUs = 0;
  let served = 0;
  let busy = false;
  const next = (cell: Cell, host: BulkHost): void => {
    const end = cell.accept(host, port);
    busy = end >= 0;
    if (!busy) return;
    served += 1;
    const doneAtUs = busySinceUs + Math.floor((served * SECOND_US) / perSecond);
    cell.laterHost(host, doneAtUs - cell.nowUs, 0);
    serve(cell, end);
  };
  return {
    begin(cell: Cell, host: BulkHost): void {
      cell.listen(host, port, { backlog, acceptsByHand: true });
      queues.begin(cell, host, port);
    },
    acceptable(cell: Cell, host: BulkHost): void {
      queued?.(cell);
      if (!busy && perSecond > 0) {
        busySinceUs = cell.nowUs;
        served = 0;
        next(cell, host);
      }
      queues.lookAtWaiting();
    },
    hostDue: next,
  };
}
