import { Flag, segmentLength, seqAdd, seqDiff, seqLt, seqMax } from "@synfin/core/tcp";
import { createPacketFields, type PacketFields, readPacket } from "@synfin/core/wire";
import { Direction } from "@synfin/tun";

/** One direction of a connection, in sequence numbers. */
interface Flow {
  readonly iss: number;
  /** After the last octet of text that has passed. */
  text: number;
  /** The same with SYN and FIN. */
  end: number;
}

/** Counts what passes our stack: text, and segments of ours that it sends again. */
export class Traffic {
  /** Octets of text in both directions, each counted once. */
  bytes = 0;
  /** Segments of ours with text, SYN or FIN that had been sent before. */
  again = 0;
  private readonly flows = new Map<string, Flow>();
  private readonly fields: PacketFields = createPacketFields();

  packet(packet: Uint8Array, direction: Direction): void {
    const { fields, flows } = this;
    if (readPacket(packet, 0, packet.length, fields) !== 0) return;
    const { srcPort, dstPort, seq, flags } = fields;
    const key = `${srcPort} ${dstPort} ${direction}`;
    let flow = flows.get(key);
    // A SYN with another number begins another connection on the same ports.
    if ((flags & Flag.SYN) !== 0 && flow?.iss !== seq) {
      flow = { iss: seq, text: seqAdd(seq, 1), end: seq };
      flows.set(key, flow);
    }
    if (flow !== undefined) this.count(flow, direction);
  }

  private count(flow: Flow, direction: Direction): void {
    const { seq, flags, length } = this.fields;
    const whole = segmentLength(this.fields);
    if (direction === Direction.OUT && whole > 0 && seqLt(seq, flow.end)) this.again += 1;
    flow.end = seqMax(flow.end, seqAdd(seq, whole));
    const syn = (flags & Flag.SYN) !== 0 ? 1 : 0;
    const text = seqAdd(seq, syn + length);
    // An empty segment after a FIN stands behind that, and not behind text.
    if (length === 0 || !seqLt(flow.text, text)) return;
    this.bytes += seqDiff(text, flow.text);
    flow.text = text;
  }
}
