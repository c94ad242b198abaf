import type { Segment } from "@synfin/core/tcp";
import type { ConnectionEnds } from "./connection-table.ts";

/** One segment on its way, with what IP and the ports say of it. */
export interface Datagram {
  readonly src: string;
  readonly dst: string;
  readonly srcPort: number;
  readonly dstPort: number;
  readonly segment: Readonly<Segment>;
  /** `segment.length` octets. */
  readonly payload: Uint8Array;
  /**
   * Which connection of the run this belongs to. The network may use it to
   * tell connections apart without looking inside; an answer carries it on.
   */
  readonly flow: number;
}

/** The two ends, as the host sees them at which a datagram arrives. */
export function endsOf({ src, dst, srcPort, dstPort }: Datagram): ConnectionEnds {
  return { localAddress: dst, localPort: dstPort, remoteAddress: src, remotePort: srcPort };
}

/** A segment that goes back where a datagram came from, without text. */
export function answerTo(datagram: Datagram, segment: Readonly<Segment>): Datagram {
  return {
    src: datagram.dst,
    dst: datagram.src,
    srcPort: datagram.dstPort,
    dstPort: datagram.srcPort,
    segment: { ...segment },
    payload: new Uint8Array(0),
    flow: datagram.flow,
  };
}
