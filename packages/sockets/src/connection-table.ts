import type { Socket } from "./socket.ts";

/** Both ends of a connection, as its host sees them. */
export interface ConnectionEnds {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
}

/** The connections of one host, found by their two ends in constant time. */
export class ConnectionTable {
  private readonly byEnds = new Map<string, Socket>();

  find(ends: ConnectionEnds): Socket | undefined {
    return this.byEnds.get(keyOf(ends));
  }

  /** Puts a connection where its ends say, in the place of one that was there. */
  set(socket: Socket): void {
    this.byEnds.set(keyOf(socket), socket);
  }

  /** Takes a connection out, unless another one stands in its place. */
  remove(socket: Socket): void {
    const key = keyOf(socket);
    if (this.byEnds.get(key) === socket) this.byEnds.delete(key);
  }

  clear(): void {
    this.byEnds.clear();
  }

  /** Every one, TIME-WAIT included, in the order of their making. */
  all(): Socket[] {
    return [...this.byEnds.values()];
  }
}

function keyOf({ localAddress, localPort, remoteAddress, remotePort }: ConnectionEnds): string {
  return `${localPort} ${remoteAddress} ${remotePort} ${localAddress}`;
}
