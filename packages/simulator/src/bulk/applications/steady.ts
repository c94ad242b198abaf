import type { Application } from "../application.ts";
import type { Cell } from "../cell.ts";
import { addressOf, type End } from "../connections.ts";
import type { BulkHost } from "../host.ts";

const SECOND_US = 1_000_000;
const PORT = 80;
const CLOSE = 0;

/** Opens at an even rate, holds each connection for a while, and closes it. */
export interface SteadyClient {
  /** How many connections this cell opens. */
  readonly connections: number;
  /** The nth of them opens at ⌊(nth · stride + offset) / ratePerSecond⌋ seconds. */
  readonly ratePerSecond: number;
  readonly stride: number;
  readonly offset: number;
  readonly holdUs: number;
}

export function steadyClient(spec: SteadyClient): Application {
  const { connections, ratePerSecond, stride, offset, holdUs } = spec;
  const server = addressOf(1, 0);
  const openAtUs = (nth: number) =>
    Math.floor(((nth * stride + offset) * SECOND_US) / ratePerSecond);
  return {
    begin(cell: Cell, host: BulkHost): void {
      if (connections > 0) cell.laterHost(host, openAtUs(0) - cell.nowUs, 0, 0);
    },
    hostDue(cell: Cell, host: BulkHost, _what: number, nth: number): void {
      cell.connect(host, server, PORT);
      const next = nth + 1;
      if (next < connections) cell.laterHost(host, openAtUs(next) - cell.nowUs, 0, next);
    },
    connected(cell: Cell, end: End): void {
      cell.later(end, holdUs, CLOSE);
    },
    due(cell: Cell, end: End): void {
      cell.close(end);
    },
  };
}

/** Takes every connection, and closes when its peer has. */
export function steadyServer(): Application {
  return {
    begin(cell: Cell, host: BulkHost): void {
      cell.listen(host, PORT);
    },
    peerClosed(cell: Cell, end: End): void {
      cell.close(end);
    },
  };
}
