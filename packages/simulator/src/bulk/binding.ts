import { State } from "@synfin/core/tcp";
import { type Connections, hostOf } from "./connections.ts";
import type { TcbStore } from "./tcb-store.ts";

/**
 * Whether a connection of this host stands at a local port, in whatever state:
 * what a `bind` without SO_REUSEADDR runs into. It looks through all of them,
 * for who binds does it once.
 */
export function isPortInUse(
  connections: Connections,
  store: TcbStore,
  host: number,
  port: number,
): boolean {
  for (let end = 0; end < 2 * connections.slots; end += 1) {
    if (connections.port(end) !== port || store.state(end) === State.CLOSED) continue;
    if (hostOf(connections.address(end)) === host) return true;
  }
  return false;
}
