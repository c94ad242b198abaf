import TinyQueue from "tinyqueue";
import type { Direction } from "./packet-link.ts";

/** A packet that the link holds back. */
interface Waiting {
  readonly atUs: number;
  /** Packets of the same microsecond keep their order. */
  readonly order: number;
  readonly direction: Direction;
  readonly packet: Uint8Array;
}

/** Packets on their way, by the time at which they arrive. */
export class WaitingPackets {
  private readonly queue = new TinyQueue<Waiting>(
    [],
    (a, b) => a.atUs - b.atUs || a.order - b.order,
  );
  private orders = 0;

  /** When the next one arrives, or `Infinity`. */
  get nextAtUs(): number {
    return this.queue.peek()?.atUs ?? Number.POSITIVE_INFINITY;
  }

  add(atUs: number, direction: Direction, packet: Uint8Array): void {
    this.orders += 1;
    this.queue.push({ atUs, order: this.orders, direction, packet });
  }

  /** The next one that has arrived by now, if one has. */
  take(nowUs: number): Waiting | undefined {
    return this.nextAtUs <= nowUs ? this.queue.pop() : undefined;
  }

  clear(): void {
    while (this.queue.length > 0) this.queue.pop();
  }
}
