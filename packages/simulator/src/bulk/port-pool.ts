import type { Errno, PortRange } from "@synfin/sockets";
import { everySecond } from "./linux-ports.ts";
import { Parity, PortPath } from "./port-path.ts";

/**
 * How a host goes about choosing an ephemeral port (RFC 6056 §3): in turn, in
 * turn from a place that the destination decides, from anywhere; or as Linux
 * does it. Its `connect` goes from a place that the destination decides through
 * every second port, those like the first of the range before the others, and
 * since 5.18 skips up to seven each time; its `bind` goes from anywhere and
 * does the opposite, so as to leave `connect` its ports.
 */
export const PORT_ORDERS = [
  "sequential",
  "hashed",
  "random",
  "linux-connect",
  "linux-connect-4.2",
  "linux-bind",
] as const;
export type PortOrder = (typeof PORT_ORDERS)[number];

function isByParity(order: PortOrder): boolean {
  return order.startsWith("linux");
}

/**
 * The ephemeral ports of one address. A port may serve several destinations at
 * once, for it is the 4-tuple that has to be unique; a host that binds before
 * it connects shares one set of ports between all destinations.
 */
export class PortPool {
  readonly first: number;
  readonly count: number;
  readonly order: PortOrder;
  readonly #shared: boolean;
  readonly #paths = new Map<number, PortPath>();
  /** The path that was looked up last: most hosts have one. */
  #lastKey = -1;
  #last: PortPath | undefined;

  /** @param shared whether one port serves one connection only, whatever its destination */
  constructor([first, last]: PortRange, order: PortOrder, shared: boolean) {
    this.first = first;
    this.count = last - first + 1;
    this.order = order;
    this.#shared = shared;
  }

  /**
   * Takes a port towards a destination.
   *
   * @param draw an even 32-bit draw, for the orders that want one
   * @param isOver whether the connection that has this port may be taken over
   * @returns the port, or −1 where all are taken (`errno`)
   */
  take(
    remote: number,
    remotePort: number,
    draw: number,
    isOver?: (port: number) => boolean,
  ): number {
    const path = this.#path(remote, remotePort, draw);
    const index = isByParity(this.order)
      ? everySecond(this, path, draw, isOver)
      : this.#inTurn(path, draw);
    if (index < 0) return -1;
    if (!path.has(index)) path.set(index);
    return this.first + index;
  }

  #inTurn(path: PortPath, draw: number): number {
    const start = this.order === "random" ? draw % this.count : path.next;
    const index = path.firstFree(start, Parity.ANY);
    if (index >= 0) path.next = index + 1 === this.count ? 0 : index + 1;
    return index;
  }

  /** Marks a port that a user has chosen. */
  mark(remote: number, remotePort: number, port: number): void {
    const index = port - this.first;
    if (index < 0 || index >= this.count) return;
    const path = this.#path(remote, remotePort, 0);
    if (!path.has(index)) path.set(index);
  }

  /** The tuple is free again. */
  release(remote: number, remotePort: number, port: number): void {
    const index = port - this.first;
    const path = this.#find(this.#key(remote, remotePort));
    if (path === undefined || index < 0 || index >= this.count || !path.has(index)) return;
    path.unset(index);
  }

  /** How many ports are taken towards a destination. */
  taken(remote: number, remotePort: number): number {
    return this.#paths.get(this.#key(remote, remotePort))?.taken ?? 0;
  }

  /** Where no port is left, it is `connect` that fails, or the `bind` before it (bind(2)). */
  get errno(): Errno {
    return this.#shared ? "EADDRINUSE" : "EADDRNOTAVAIL";
  }

  get bytes(): number {
    return this.#paths.size * ((this.count + 7) >>> 3);
  }

  #key(remote: number, remotePort: number): number {
    return this.#shared ? 0 : remote * 65536 + remotePort;
  }

  #path(remote: number, remotePort: number, draw: number): PortPath {
    const key = this.#key(remote, remotePort);
    let path = this.#find(key);
    if (path === undefined) {
      path = new PortPath(this.count, this.order === "sequential" ? 0 : draw % this.count);
      this.#paths.set(key, path);
      this.#last = path;
    }
    return path;
  }

  #find(key: number): PortPath | undefined {
    if (key !== this.#lastKey) {
      this.#lastKey = key;
      this.#last = this.#paths.get(key);
    }
    return this.#last;
  }
}
