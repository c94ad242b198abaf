import { RealTimeHost, type RealTimeHostOptions } from "../src/index.ts";
import type { PacketDevice } from "../src/packet-device.ts";

/** One end of a wire between two hosts of the same process. */
class MemoryDevice implements PacketDevice {
  readonly gone: Promise<Error | undefined>;
  other: MemoryDevice | undefined;
  private receiver: (packet: Uint8Array) => void = () => undefined;
  private open = true;
  private tellGone: (why: Error | undefined) => void = () => undefined;

  constructor() {
    this.gone = new Promise((resolve) => {
      this.tellGone = resolve;
    });
  }

  /** Packets arrive later, as on any wire: never while their sender is still at it. */
  send(packet: Uint8Array): void {
    const { other } = this;
    setImmediate(() => {
      if (other?.open === true) other.receiver(packet);
    });
  }

  receive(receiver: (packet: Uint8Array) => void): void {
    this.receiver = receiver;
  }

  async close(): Promise<void> {
    this.open = false;
    this.tellGone(undefined);
  }
}

export const SERVER = "192.0.2.1";
const CLIENT = "192.0.2.2";

type Extra = Partial<Pick<RealTimeHostOptions, "link" | "params" | "observers">>;

/** Two stacks, joined by a wire. */
export function joinedHosts(
  clientExtra: Extra = {},
  serverExtra: Extra = {},
): { readonly client: RealTimeHost; readonly server: RealTimeHost } {
  const [a, b] = [new MemoryDevice(), new MemoryDevice()];
  a.other = b;
  b.other = a;
  return {
    client: new RealTimeHost({ device: a, address: CLIENT, ...clientExtra }),
    server: new RealTimeHost({ device: b, address: SERVER, ...serverExtra }),
  };
}
