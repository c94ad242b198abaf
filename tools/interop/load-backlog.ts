import { setTimeout as sleep } from "node:timers/promises";
import { Flag, PROFILES, type State, SynQueueFull, stateName } from "@synfin/core/tcp";
import { type Application, addressOf, type Box, type CellSpec } from "@synfin/simulator/bulk";
import { Kernel } from "./kernel.ts";
import { kernelConnections, kernelCounters } from "./kernel-states.ts";
import { runCell } from "./load-run.ts";
import type { Namespace } from "./namespace.ts";
import { requireQuiet } from "./use-namespace.ts";

const ADDRESS = "127.0.0.1";
const PORT = 5001;
const GAP_US = 10_000;
const SERVER = addressOf(1, 0);
/** Before this nothing is sent again. */
const QUIET_US = 1_000_000;
/** After this each SYN,ACK that had no answer has been sent again once. */
const ONCE_AGAIN_US = 1_600_000;

/** Clients connect one after the other to a server that accepts none of them. */
export interface BacklogExperiment {
  readonly backlog: number;
  readonly clients: number;
  /** `tcp_syncookies`: 0, or 1 (Linux's default) for cookies once the SYN queue is full. */
  readonly syncookies: 0 | 1;
  /** After so many clients the ACKs of all others are lost, so handshakes stay half-open. */
  readonly losesAcksAfter?: number;
  /** But not those that answer the second SYN,ACK. */
  readonly andThenNone?: boolean;
}

/** What stands where in the end, and what the server has counted. */
interface Counted {
  readonly states: readonly { readonly side: string; readonly state: string }[];
  readonly counters: Readonly<Record<string, number>>;
}

/** `server ESTABLISHED 6, client SYN-SENT 5, client ESTABLISHED 6, ListenDrops 5` */
function told({ states, counters }: Counted): string {
  const counts = new Map<string, number>();
  for (const { side, state } of states) {
    const key = `${side} ${state}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const ends = [...counts].sort(([a], [b]) => (a < b ? 1 : -1)).map(([key, n]) => `${key} ${n}`);
  const moved = ["ListenOverflows", "ListenDrops", "SyncookiesSent"]
    .filter((name) => (counters[name] ?? 0) > 0)
    .map((name) => `${name} ${counters[name]}`);
  return [...ends, ...moved].join(", ");
}

export async function measureBacklog(
  namespace: Namespace,
  { backlog, clients, syncookies, losesAcksAfter, andThenNone = false }: BacklogExperiment,
): Promise<string> {
  await namespace.sysctl("net.ipv4.tcp_syncookies", syncookies);
  const kernel = new Kernel(namespace);
  await kernel.listen(PORT, ADDRESS, backlog);
  for (let nth = 0; nth < clients; nth += 1) {
    if (nth === losesAcksAfter) await namespace.run("nft", LOSE_ACKS);
    await kernel.dial(ADDRESS, PORT, { waits: false });
  }
  let counters = await kernelCounters(namespace);
  requireQuiet(counters);
  if (andThenNone) {
    await namespace.run("nft", "delete table inet loss");
    await sleep(ONCE_AGAIN_US / 1000);
    counters = await kernelCounters(namespace);
    requireQuiet(counters, clients - (losesAcksAfter ?? 0));
  }
  const all = await kernelConnections(namespace);
  const states = all
    .filter(({ state }) => state !== "LISTEN")
    .map(({ state, localPort }) => ({ side: localPort === PORT ? "server" : "client", state }));
  return told({ states, counters });
}

const LOSE_ACKS = `
  add table inet loss
  add chain inet loss input { type filter hook input priority 0; }
  add rule inet loss input tcp dport ${PORT} tcp flags & (syn | ack) == ack drop
`;

export function simulateBacklog(experiment: BacklogExperiment): string {
  const { andThenNone = false } = experiment;
  const { hosts } = runCell(cellOf(experiment), andThenNone ? ONCE_AGAIN_US : QUIET_US);
  const states = hosts.flatMap(({ name, states: counts }) =>
    [...counts].flatMap((count, state) =>
      Array.from({ length: count }, () => ({ side: name, state: stateName(state as State) })),
    ),
  );
  return told({ states, counters: { ...hosts[1]?.counters } });
}

function cellOf({ backlog, clients, syncookies, losesAcksAfter }: BacklogExperiment): CellSpec {
  const { params: linux, ephemeralPorts } = PROFILES.linux;
  const synQueueFull = syncookies === 1 ? SynQueueFull.COOKIE : SynQueueFull.DROP;
  const params = { ...linux, synQueueFull };
  const client = clientsThat(clients);
  const server: Application = {
    begin: (cell, host) => cell.listen(host, PORT, { backlog, acceptsByHand: true }),
  };
  return {
    hosts: [
      { name: "client", params, ephemeralPorts, application: client },
      { name: "server", params, ephemeralPorts, application: server },
    ],
    link: { delayUs: 10 },
    box: losesAcksAfter === undefined ? undefined : losesAcks((losesAcksAfter + 0.5) * GAP_US),
  };
}

function clientsThat(most: number): Application {
  return {
    begin: (cell, host) => cell.laterHost(host, GAP_US, 0, 1),
    hostDue: (cell, host, _what, nth) => {
      cell.connect(host, SERVER, PORT);
      if (nth < most) cell.laterHost(host, GAP_US, 0, nth + 1);
    },
  };
}

function losesAcks(fromUs: number): Box {
  return {
    pass: (nowUs, { dst }, { flags }) => {
      const isAck = dst === SERVER && (flags & (Flag.SYN | Flag.ACK)) === Flag.ACK;
      return !isAck || nowUs < fromUs || nowUs >= QUIET_US;
    },
  };
}
