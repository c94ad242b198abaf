import { STATE_NAMES, State } from "@synfin/core/tcp";
import type { BulkResult } from "../bulk/result.ts";
import { formatCsv } from "./format-csv.ts";
import { countAt } from "./report-census.ts";

/** States that hold a connection. */
const HELD: readonly State[] = Object.values(State).filter((state) => state > State.LISTEN);

/** The census as CSV: a row for each moment, a column for each host and state. */
export function censusCsv({ census, hosts }: BulkResult): string {
  const header = hosts.flatMap((host) => HELD.map((state) => `${host} ${STATE_NAMES[state]}`));
  const rows = census.rows.map((row) => [
    row.atUs,
    row.alive,
    ...hosts.flatMap((_, host) => HELD.map((state) => countAt(row, host, state))),
  ]);
  return formatCsv(["atUs", "alive", ...header], rows);
}
