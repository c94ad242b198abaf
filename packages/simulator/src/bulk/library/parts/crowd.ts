import type { Application } from "../../application.ts";
import type { Cell } from "../../cell.ts";
import { addressOf } from "../../connections.ts";
import type { BulkHost } from "../../host.ts";
import type { BulkPlan } from "../../plan.ts";
import { type Parameter, type Settings, settingOf } from "../../scenario.ts";
import type { CellSpec } from "../../spec.ts";

export const SECOND_US = 1_000_000;

/** Where the servers of these scenarios listen. */
export const PORT = 443;

/** Fewer than any profile has ports, so that no client runs out of them. */
const PER_CELL = 10_000;

/** A cell's share of the connections that a plan opens at an even rate. */
export interface Opening {
  readonly connections: number;
  readonly cells: number;
  readonly index: number;
  /** Of the whole plan, in a second. */
  readonly rate: number;
}

/** The parameters that `crowd` reads. */
export function crowdParameters(connections: number, rate: number): readonly Parameter[] {
  return [
    {
      key: "connections",
      unit: "count",
      default: connections,
      min: 1,
      max: 10_000_000,
      doc: { en: "how many are opened in all", ko: "모두 몇 개를 여는지" },
    },
    {
      key: "rate",
      unit: "per-second",
      default: rate,
      min: 1,
      max: 1_000_000,
      doc: { en: "how many are opened in each second", ko: "초마다 몇 개를 여는지" },
    },
  ];
}

/**
 * A plan of clients that open connections at an even rate to a server, until
 * nothing more happens.
 *
 * @param lifeUs about how long each is there; only for the census
 */
export function crowd(
  settings: Settings,
  lifeUs: number,
  cell: (opening: Opening) => CellSpec,
): BulkPlan {
  const connections = settingOf(settings, "connections");
  const rate = settingOf(settings, "rate");
  const cells = Math.ceil(connections / PER_CELL);
  return {
    cells,
    hosts: ["client", "server"],
    untilUs: Number.POSITIVE_INFINITY,
    sampleUs: Math.ceil((openingUs(settings) + lifeUs) / 240),
    connections,
    cell: (index) => {
      return cell({ connections: Math.ceil((connections - index) / cells), cells, index, rate });
    },
  };
}

/** How long it takes until all of a crowd's connections are opened. */
export function openingUs(settings: Settings): number {
  const connections = settingOf(settings, "connections");
  return Math.ceil((connections * SECOND_US) / settingOf(settings, "rate"));
}

type Opens = Required<Pick<Application, "begin" | "hostDue">>;

/** The half of a client that opens its share of a crowd, to host 1 at this port. */
export function opensEvenly(
  { connections, cells, index, rate }: Opening,
  port: number = PORT,
): Opens {
  const remote = addressOf(1, 0);
  const openAtUs = (nth: number) => Math.floor(((nth * cells + index) * SECOND_US) / rate);
  return {
    begin(cell: Cell, host: BulkHost): void {
      if (connections > 0) cell.laterHost(host, openAtUs(0), 0, 0);
    },
    hostDue(cell: Cell, host: BulkHost, _what: number, nth: number): void {
      cell.connect(host, remote, port);
      const next = nth + 1;
      if (next < connections) cell.laterHost(host, openAtUs(next) - cell.nowUs, 0, next);
    },
  };
}
