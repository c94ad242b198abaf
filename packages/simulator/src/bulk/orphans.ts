import { State } from "@synfin/core/tcp";
import type { BulkHost } from "./host.ts";

/**
 * Whether a host has more orphans than it will keep: connections that their
 * users have closed and that still wait for the ACK of a FIN. They are told by
 * their states, so one whose user has only shut it down counts, too. One in
 * FIN-WAIT-2 does not count: Linux keeps it as it keeps TIME-WAIT, in less room.
 */
export function hasTooManyOrphans({ maxOrphans, states }: BulkHost): boolean {
  if (maxOrphans === Number.POSITIVE_INFINITY) return false;
  const waiting =
    (states[State.FIN_WAIT_1] ?? 0) + (states[State.CLOSING] ?? 0) + (states[State.LAST_ACK] ?? 0);
  return waiting > maxOrphans;
}
