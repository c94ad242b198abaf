/** The dynamic ports of RFC 6335 §6: 49152 to 65535. */
export const FIRST_EPHEMERAL_PORT = 49152;
export const LAST_EPHEMERAL_PORT = 65535;

/** Both ends included. */
export type PortRange = readonly [first: number, last: number];

/**
 * Hands out ephemeral ports in turn, passing over those in use (RFC 6056 §3.3.1,
 * without the draw).
 */
export class PortAllocator {
  private readonly first: number;
  private readonly last: number;
  private next: number;

  /** @param range the first and the last port to hand out */
  constructor(range: PortRange = [FIRST_EPHEMERAL_PORT, LAST_EPHEMERAL_PORT]) {
    [this.first, this.last] = range;
    this.next = this.first;
  }

  /** The next port for which `inUse` says no, or undefined where all are taken. */
  take(inUse: (port: number) => boolean): number | undefined {
    const count = this.last - this.first + 1;
    for (let tries = 0; tries < count; tries += 1) {
      const port = this.next;
      this.next = port === this.last ? this.first : port + 1;
      if (!inUse(port)) return port;
    }
    return undefined;
  }
}
