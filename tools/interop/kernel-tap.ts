import { flagNames } from "@synfin/core/tcp";
import { createPacketFields, readPacket } from "@synfin/core/wire";
import type { TraceSegment } from "@synfin/simulator";
import { type Clock, Direction } from "@synfin/tun";
import type { Gate } from "./gate.ts";

/** The kernel's end and ours, as traces of these runs call them. */
export const KERNEL = "kernel";
export const OUR_END = "synfin";

/**
 * Writes down what passes at the kernel's own door, behind the link: what the
 * kernel sends as it leaves, and what has reached it. One list for each port
 * of the kernel's, in order, each segment at a microsecond of its own.
 */
export class KernelTap {
  private readonly lists = new Map<number, TraceSegment[]>();
  private readonly clock: Clock;
  private lastUs = -1;

  constructor(gate: Gate, clock: Clock) {
    this.clock = clock;
    gate.divert((packet, direction) => {
      this.saw(packet, direction);
      return false;
    });
  }

  /** Now, later than anything before. */
  nowUs(): number {
    this.lastUs = Math.max(this.lastUs + 1, this.clock.nowUs());
    return this.lastUs;
  }

  /** What has passed for one port of the kernel's, up to now. */
  segments(kernelPort: number): TraceSegment[] {
    const list = this.lists.get(kernelPort) ?? [];
    this.lists.set(kernelPort, list);
    return list;
  }

  private saw(packet: Uint8Array, direction: Direction): void {
    const fields = createPacketFields();
    if (readPacket(packet, 0, packet.length, fields) !== 0) return;
    const kernels = direction === Direction.IN;
    const list = this.segments(kernels ? fields.srcPort : fields.dstPort);
    const { srcPort, dstPort, seq, ack, length, window, urgentPointer, payloadAt } = fields;
    const sentAtUs = this.nowUs();
    const { windowScale } = fields;
    list.push({
      ...{ id: `#${list.length + 1}`, sentAtUs, srcPort, dstPort, seq, ack, length, window },
      ...{ urgentPointer, retransmission: false, flags: flagNames(fields.flags) },
      from: kernels ? KERNEL : OUR_END,
      to: kernels ? OUR_END : KERNEL,
      options: windowScale < 0 ? [] : [{ name: "window-scale", value: windowScale }],
      arrivals: [{ atUs: sentAtUs, verdict: "deliver" }],
      packet: Buffer.from(packet.subarray(payloadAt, payloadAt + length)).toString("hex"),
    });
  }
}
