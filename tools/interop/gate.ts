import { flagNames } from "@synfin/core/tcp";
import { createPacketFields, readPacket } from "@synfin/core/wire";
import { Direction, type PacketDevice } from "@synfin/tun";

/** A packet that waits at the gate. */
interface Held {
  readonly packet: Uint8Array;
  /** Flags, sequence number, acknowledgment and length: the same for a retransmission. */
  readonly name: string;
  readonly flags: string;
}

const PATIENCE_MS = 5000;

/**
 * A device whose packets a test can hold, and let pass one at a time, so that
 * both ends stand still while their states are compared.
 */
export class Gate implements PacketDevice {
  readonly gone: Promise<Error | undefined>;
  private readonly device: PacketDevice;
  private holding = false;
  private readonly held: readonly [out: Held[], in_: Held[]] = [[], []];
  private readonly passed = new Set<string>();
  private receiver: (packet: Uint8Array) => void = () => undefined;
  private onArrival: () => void = () => undefined;
  private takes: (packet: Uint8Array, direction: Direction) => boolean = () => false;

  constructor(device: PacketDevice) {
    this.device = device;
    this.gone = device.gone;
    device.receive((packet) => this.meet(packet, Direction.IN));
  }

  send(packet: Uint8Array): void {
    this.meet(packet, Direction.OUT);
  }

  receive(receiver: (packet: Uint8Array) => void): void {
    this.receiver = receiver;
  }

  close(): Promise<void> {
    return this.device.close();
  }

  /** From now on nothing passes. */
  hold(): void {
    this.holding = true;
    this.passed.clear();
  }

  /** What waits passes, and whatever comes. */
  open(): void {
    this.holding = false;
    for (const direction of [Direction.OUT, Direction.IN] as const) {
      for (const { packet } of this.held[direction].splice(0)) this.move(packet, direction);
    }
  }

  /**
   * Lets the next packet of one direction pass; it must have these flags. What
   * has passed before, and was sent again meanwhile, is dropped.
   */
  async pass(direction: Direction, flags: string): Promise<void> {
    const next = await this.next(direction);
    if (next.flags !== flags) {
      throw new Error(`${flags} was to pass the gate, but next came ${next.name}`);
    }
    this.passed.add(next.name);
    this.move(next.packet, direction);
  }

  /** Looks at every packet first; one for which `takes` says yes goes no further. */
  divert(takes: (packet: Uint8Array, direction: Direction) => boolean): void {
    this.takes = takes;
  }

  /** Puts a packet on its way that neither end has sent. */
  inject(packet: Uint8Array, direction: Direction): void {
    this.move(packet, direction);
  }

  private async next(direction: Direction): Promise<Held> {
    const queue = this.held[direction];
    for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += 5) {
      const next = queue.shift();
      if (next === undefined) await this.arrival(5);
      else if (!this.passed.has(next.name)) return next;
    }
    throw new Error(`no packet came to the gate in ${PATIENCE_MS / 1000} s`);
  }

  private arrival(mostMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.onArrival = resolve;
      setTimeout(resolve, mostMs);
    });
  }

  private meet(packet: Uint8Array, direction: Direction): void {
    if (this.takes(packet, direction)) return;
    const held = this.holding ? describe(packet) : undefined;
    if (held === undefined) {
      this.move(packet, direction);
    } else {
      this.held[direction].push(held);
      this.onArrival();
    }
  }

  private move(packet: Uint8Array, direction: Direction): void {
    if (direction === Direction.OUT) this.device.send(packet);
    else this.receiver(packet);
  }
}

/** Only TCP is held. */
function describe(packet: Uint8Array): Held | undefined {
  const fields = createPacketFields();
  if (readPacket(packet, 0, packet.length, fields) !== 0) return undefined;
  const flags = flagNames(fields.flags).join(",");
  const { srcPort, seq, ack, length } = fields;
  return { packet, flags, name: `${flags} ${srcPort} seq ${seq} ack ${ack} len ${length}` };
}
