import type { HostSpec } from "./host.ts";
import type { CellRoll } from "./watch/cell-roll.ts";
import type { ConnectionWatch } from "./watch/connection-watch.ts";
import type { Box, BulkLink } from "./wire.ts";

/** Everything that shares a resource: hosts, the ports of each, and what lies between them. */
export interface CellSpec {
  readonly hosts: readonly HostSpec[];
  readonly link: BulkLink;
  readonly box?: Box | undefined;
  /** How many connections there will be at once, if that is known: room is made for them. */
  readonly expected?: number;
  /** Whiles that applications measure often (see `Cell.later`), each of which gets a ring. */
  readonly whiles?: readonly { readonly what: number; readonly afterUs: number }[];
}

export interface CellOptions {
  /** See `drawKey`: of the run, the replication and this cell. */
  readonly key: number;
  /** Every segment goes through the codec and back. */
  readonly paranoid: boolean;
  /** TCBs at rest as rows, or as plain objects. */
  readonly store: "rows" | "objects";
  /** Looks on at one connection; nothing looks on without it. */
  readonly watch?: ConnectionWatch | undefined;
  /** Kept of all connections, unless one is looked at; not kept without it. */
  readonly roll?: CellRoll | undefined;
}
