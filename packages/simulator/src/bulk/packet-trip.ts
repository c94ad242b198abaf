import type { Segment } from "@synfin/core/tcp";
import { buildPacket, checksumOk, createPacketFields, readPacket } from "@synfin/core/wire";
import { octetsOf } from "./connections.ts";
import type { Envelope } from "./flights.ts";

/** Takes every segment through bytes and back, so that the codec is in on every run of it. */
export class PacketTrip {
  readonly #fields = createPacketFields();

  /** @returns the segment as it is read again; valid until the next call */
  travel(envelope: Envelope, segment: Readonly<Segment>): Readonly<Segment> {
    const { srcPort, dstPort } = envelope;
    const src = octetsOf(envelope.src);
    const dst = octetsOf(envelope.dst);
    const packet = buildPacket({ src, dst, srcPort, dstPort, segment });
    const error = readPacket(packet, 0, packet.length, this.#fields);
    if (error !== 0 || !checksumOk(packet)) {
      throw new Error("synfin: a packet of ours cannot be read");
    }
    // How options are arranged is the sender's own matter, and no receiver's.
    this.#fields.optionLayout = segment.optionLayout;
    return this.#fields;
  }
}
