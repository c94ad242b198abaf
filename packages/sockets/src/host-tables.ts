import type { TcpParams } from "@synfin/core/tcp";
import { ConnectionTable } from "./connection-table.ts";
import { ListenerTable } from "./listener.ts";
import type { StackOptions } from "./stack-options.ts";
import { Steps } from "./steps.ts";

/** What one host's TCP keeps, and what all parts of it work with. */
export interface HostTables {
  readonly options: StackOptions;
  /** The host's own, the one first that it is known by. */
  readonly addresses: readonly string[];
  /** What new connections are run with, unless they bring their own. */
  params: TcpParams;
  readonly listeners: ListenerTable;
  readonly connections: ConnectionTable;
  readonly steps: Steps;
}

export function createHostTables(options: StackOptions): HostTables {
  const { address, furtherAddresses = [], params, listener } = options;
  const listeners = new ListenerTable();
  const connections = new ConnectionTable();
  const steps = new Steps(listener, listeners, connections);
  const addresses = [address, ...furtherAddresses];
  return { options, addresses, params, listeners, connections, steps };
}
