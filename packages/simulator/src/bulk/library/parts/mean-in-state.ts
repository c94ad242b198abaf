import type { State } from "@synfin/core/tcp";
import { STATE_COUNT } from "../../census.ts";
import type { BulkResult } from "../../result.ts";

/** How many of a host's connections were in a state on average, in the census from `fromUs` on. */
export function meanInState(
  { census }: BulkResult,
  host: number,
  state: State,
  fromUs: number,
): number {
  const rows = census.rows.filter(({ atUs }) => atUs >= fromUs);
  const sum = rows.reduce(
    (total, { states }) => total + (states[host * STATE_COUNT + state] ?? 0),
    0,
  );
  return sum / Math.max(1, rows.length);
}
