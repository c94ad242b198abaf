import { NEVER, type TcpParams } from "@synfin/core/tcp";
import type { BacklogCounts, BacklogPolicy } from "./backlog.ts";
import type { Socket } from "./socket.ts";

/** A port that takes connections, at one address of the host or at all of them. */
export interface Listener {
  readonly port: number;
  /** Undefined for every address that the host has. */
  readonly address: string | undefined;
  /** Connections in SYN-RECEIVED, the oldest first. */
  readonly halfOpen: Set<Socket>;
  /** Connections whose handshake is done, for `accept`. */
  readonly queue: Socket[];
  readonly backlog: number;
  params: TcpParams;
  /** When it last answered with a SYN cookie, or `NEVER`. */
  cookieSentAtUs: number;
}

/** What `listen` may be told. */
export interface ListenOptions {
  /** The address to take connections at (MUST-43); every address of the host by default. */
  readonly address?: string | undefined;
  /** How many connections may be half-open, and one more wait for `accept`; no limit by default. */
  readonly backlog?: number;
  /** What the machine runs the connections of this listener with; the stack's own by default. */
  readonly params?: TcpParams;
}

export function createListener(
  port: number,
  { address, backlog = Number.POSITIVE_INFINITY }: ListenOptions,
  params: TcpParams,
): Listener {
  const queues = { halfOpen: new Set<Socket>(), queue: [] };
  return { port, address, ...queues, backlog, params, cookieSentAtUs: NEVER };
}

/** By what this listener decides whom it takes. */
export function policyOf({ backlog, params }: Listener): BacklogPolicy {
  const { synQueueFull, acceptOverflowResets } = params;
  return { backlog, synQueueFull, acceptOverflowResets };
}

export function countsOf({ halfOpen, queue }: Listener): BacklogCounts {
  return { halfOpen: halfOpen.size, waiting: queue.length };
}

/** What stands for every address of the host. */
const ANY = "";

/** The listeners of one host, by port and address. */
export class ListenerTable {
  private readonly byPort = new Map<number, Map<string, Listener>>();

  /** Whether a listener of this port would take what another one takes. */
  overlaps(port: number, address: string | undefined): boolean {
    const here = this.byPort.get(port);
    if (here === undefined) return false;
    return address === undefined || here.has(ANY) || here.has(address);
  }

  add(listener: Listener): void {
    const { port, address = ANY } = listener;
    const here = this.byPort.get(port) ?? new Map<string, Listener>();
    this.byPort.set(port, here.set(address, listener));
  }

  remove({ port, address = ANY }: Listener): void {
    const here = this.byPort.get(port);
    here?.delete(address);
    if (here?.size === 0) this.byPort.delete(port);
  }

  clear(): void {
    this.byPort.clear();
  }

  /** The listener that was made with this address, or with none. */
  at(port: number, address: string | undefined): Listener | undefined {
    return this.byPort.get(port)?.get(address ?? ANY);
  }

  /** The listener that takes what comes to this port at this address of the host. */
  takerOf(port: number, address: string): Listener | undefined {
    const here = this.byPort.get(port);
    return here?.get(address) ?? here?.get(ANY);
  }

  /** All of them, the ports in the order in which they were first listened on. */
  all(): Listener[] {
    return [...this.byPort.values()].flatMap((here) => [...here.values()]);
  }
}
