import { State } from "@synfin/core/tcp";
import { Purpose } from "../../../random/draw.ts";
import type { Application } from "../../application.ts";
import type { Cell } from "../../cell.ts";
import { addressOf, type End } from "../../connections.ts";
import type { BulkHost } from "../../host.ts";
import { type Parameter, type Settings, settingOf } from "../../scenario.ts";
import { PORT, SECOND_US } from "./crowd.ts";
import { exponentialDraws } from "./draws.ts";

const REQUEST = 0;
const RETIRE = 1;
const OCTETS = 100;

/** Enough to share out, and few enough that their ports never run out. */
const PER_CELL = 500;

export interface PoolSpec {
  readonly clients: number;
  /** How many idle gaps each of them makes. */
  readonly gaps: number;
  readonly meanGapUs: number;
  /** It closes a connection by itself that was idle for so long; 0 for never. */
  readonly retireUs?: number;
  readonly keepsAlive?: boolean;
}

/** The parameters that `poolOf` reads. */
export function poolParameters(meanGapUs: number): readonly Parameter[] {
  return [
    {
      key: "clients",
      unit: "count",
      default: 500,
      min: 1,
      max: 1_000_000,
      doc: { en: "how many keep a connection", ko: "연결을 유지하는 클라이언트 수" },
    },
    {
      key: "gaps",
      unit: "count",
      default: 100,
      min: 1,
      max: 1_000_000,
      doc: { en: "how many idle gaps each makes", ko: "클라이언트마다 유휴 간격의 수" },
    },
    {
      key: "gap",
      unit: "us",
      default: meanGapUs,
      min: 1,
      max: 86_400 * SECOND_US,
      doc: {
        en: "mean idle gap before a request, exponential",
        ko: "요청 사이의 평균 유휴 간격(지수 분포)",
      },
    },
  ];
}

/** How many cells a pool's clients are shared out to, and what each of them gets. */
export function poolCells(settings: Settings): {
  readonly cells: number;
  readonly pool: (index: number) => PoolSpec;
} {
  const clients = settingOf(settings, "clients");
  const cells = Math.ceil(clients / PER_CELL);
  return {
    cells,
    pool: (index) => ({
      clients: Math.ceil((clients - index) / cells),
      gaps: settingOf(settings, "gaps"),
      meanGapUs: settingOf(settings, "gap"),
    }),
  };
}

/**
 * Clients that keep a connection and send a request on it now and then, the
 * first one at once. Where it is lost they open another. They count `gaps`, and
 * `lost` connections; `heard` is how long a request waited to be told so.
 */
export function poolClient(spec: PoolSpec): Application {
  const { clients, gaps, meanGapUs, retireUs = 0, keepsAlive = false } = spec;
  const gapUs = exponentialDraws(Purpose.THINK, meanGapUs);
  const gapsLeft = new Int32Array(clients).fill(gaps);
  const askedAtUs = new Map<End, number>();
  const ask = (cell: Cell, end: End): void => {
    askedAtUs.set(end, cell.nowUs);
    cell.send(end, OCTETS);
  };
  const reopen = (cell: Cell, end: End): void => {
    cell.laterHost(cell.hostOf(end), 0, 0, cell.connections.app[end] ?? 0);
  };
  const rest = (cell: Cell, end: End): void => {
    const client = cell.connections.app[end] ?? 0;
    const left = gapsLeft[client] ?? 0;
    if (left === 0) {
      cell.close(end);
      return;
    }
    gapsLeft[client] = left - 1;
    cell.measures.count("gaps");
    const afterUs = gapUs(cell, end, left);
    if (retireUs > 0 && afterUs > retireUs) cell.later(end, retireUs, RETIRE);
    else cell.later(end, afterUs, REQUEST);
  };
  return {
    begin(cell: Cell, host: BulkHost): void {
      for (let client = 0; client < clients; client += 1) {
        cell.laterHost(host, Math.floor((client * meanGapUs) / clients), 0, client);
      }
    },
    hostDue(cell: Cell, host: BulkHost, _what: number, client: number): void {
      const end = cell.connect(host, addressOf(1, 0), PORT);
      if (typeof end === "string") cell.laterHost(host, SECOND_US, 0, client);
      else cell.connections.app[end] = client;
    },
    connected(cell: Cell, end: End): void {
      if (keepsAlive) cell.keepAlive(end, true);
      ask(cell, end);
    },
    received(cell: Cell, end: End): void {
      askedAtUs.delete(end);
      rest(cell, end);
    },
    due(cell: Cell, end: End, what: number): void {
      if (cell.state(end) !== State.ESTABLISHED) return;
      if (what === REQUEST) {
        ask(cell, end);
        return;
      }
      cell.close(end);
      reopen(cell, end);
    },
    peerClosed(cell: Cell, end: End): void {
      // With a request under way it waits for what comes of it; or it has closed before.
      if (cell.state(end) !== State.CLOSE_WAIT || askedAtUs.has(end)) return;
      cell.close(end);
      reopen(cell, end);
    },
    ended(cell: Cell, end: End, error): void {
      const sinceUs = askedAtUs.get(end);
      askedAtUs.delete(end);
      if (error === undefined) return;
      cell.measures.count("lost");
      if (sinceUs !== undefined) cell.measures.histogram("heard").record(cell.nowUs - sinceUs);
      reopen(cell, end);
    },
  };
}

/** A server that answers each request at once, and closes when its peer has closed. */
export const answersAtOnce: Application = {
  begin(cell: Cell, host: BulkHost): void {
    cell.listen(host, PORT);
  },
  received(cell: Cell, end: End): void {
    cell.send(end, OCTETS);
  },
  peerClosed(cell: Cell, end: End): void {
    cell.close(end);
  },
};
