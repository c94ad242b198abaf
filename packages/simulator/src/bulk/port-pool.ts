import type { Errno, PortRange } from "@synfin/sockets";

/**
 * How a host goes about choosing an ephemeral port (RFC 6056 §3): in turn, in
 * turn from a place that the destination decides, or anywhere.
 */
export const PORT_ORDERS = ["sequential", "hashed", "random"] as const;
export type PortOrder = (typeof PORT_ORDERS)[number];

/** The ports that are taken towards one destination, a bit each. */
class Path {
  readonly bits: Uint32Array;
  taken = 0;
  next: number;

  constructor(count: number, next: number) {
    this.bits = new Uint32Array((count + 31) >>> 5);
    this.next = next;
  }

  has(index: number): boolean {
    return (((this.bits[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1;
  }

  /** The first index from `start` on, and round, that is free. There is one. */
  firstFree(start: number, count: number): number {
    let index = start;
    for (;;) {
      const word = (this.bits[index >>> 5] ?? 0) >>> (index & 31);
      if (word === 0xffff_ffff >>> (index & 31)) index = (index | 31) + 1;
      else if ((word & 1) === 1) index += 1;
      else if (index < count) return index;
      if (index >= count) index = 0;
    }
  }
}

/**
 * The ephemeral ports of one address. A port may serve several destinations at
 * once, for it is the 4-tuple that has to be unique; a host that binds before
 * it connects shares one set of ports between all destinations.
 */
export class PortPool {
  readonly first: number;
  readonly count: number;
  readonly #order: PortOrder;
  readonly #shared: boolean;
  readonly #paths = new Map<number, Path>();
  /** The path that was looked up last: most hosts have one. */
  #lastKey = -1;
  #last: Path | undefined;

  /** @param shared whether one port serves one connection only, whatever its destination */
  constructor([first, last]: PortRange, order: PortOrder, shared: boolean) {
    this.first = first;
    this.count = last - first + 1;
    this.#order = order;
    this.#shared = shared;
  }

  /**
   * Takes a port towards a destination.
   *
   * @param draw an even 32-bit draw, for the orders that want one
   * @returns the port, or −1 where all are taken (`errno`)
   */
  take(remote: number, remotePort: number, draw: number): number {
    const path = this.#path(remote, remotePort, draw);
    if (path.taken === this.count) return -1;
    const start = this.#order === "random" ? draw % this.count : path.next;
    const index = path.firstFree(start, this.count);
    path.next = index + 1 === this.count ? 0 : index + 1;
    this.#set(path, index);
    return this.first + index;
  }

  /** Marks a port that a user has chosen. */
  mark(remote: number, remotePort: number, port: number): void {
    const index = port - this.first;
    if (index < 0 || index >= this.count) return;
    const path = this.#path(remote, remotePort, 0);
    if (!path.has(index)) this.#set(path, index);
  }

  /** The tuple is free again. */
  release(remote: number, remotePort: number, port: number): void {
    const index = port - this.first;
    const path = this.#find(this.#key(remote, remotePort));
    if (path === undefined || index < 0 || index >= this.count || !path.has(index)) return;
    const word = index >>> 5;
    path.bits[word] = (path.bits[word] ?? 0) & ~(1 << (index & 31));
    path.taken -= 1;
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

  #set(path: Path, index: number): void {
    const word = index >>> 5;
    path.bits[word] = (path.bits[word] ?? 0) | (1 << (index & 31));
    path.taken += 1;
  }

  #key(remote: number, remotePort: number): number {
    return this.#shared ? 0 : remote * 65536 + remotePort;
  }

  #path(remote: number, remotePort: number, draw: number): Path {
    const key = this.#key(remote, remotePort);
    let path = this.#find(key);
    if (path === undefined) {
      path = new Path(this.count, this.#order === "sequential" ? 0 : draw % this.count);
      this.#paths.set(key, path);
      this.#last = path;
    }
    return path;
  }

  #find(key: number): Path | undefined {
    if (key !== this.#lastKey) {
      this.#lastKey = key;
      this.#last = this.#paths.get(key);
    }
    return this.#last;
  }
}
