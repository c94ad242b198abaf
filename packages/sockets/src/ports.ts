/** The dynamic ports of RFC 6335 §6: 49152 to 65535. */
export const FIRST_EPHEMERAL_PORT = 49152;
export const LAST_EPHEMERAL_PORT = 65535;

/**
 * Hands out ephemeral ports in turn, passing over those in use (RFC 6056 §3.3.1,
 * without the draw).
 */
export class PortAllocator {
  private next = FIRST_EPHEMERAL_PORT;

  /** The next port for which `inUse` says no, or undefined where all are taken. */
  take(inUse: (port: number) => boolean): number | undefined {
    const count = LAST_EPHEMERAL_PORT - FIRST_EPHEMERAL_PORT + 1;
    for (let tries = 0; tries < count; tries += 1) {
      const port = this.next;
      this.next = port === LAST_EPHEMERAL_PORT ? FIRST_EPHEMERAL_PORT : port + 1;
      if (!inUse(port)) return port;
    }
    return undefined;
  }
}
