import { Flag } from "./flags.ts";

/**
 * One TCP segment as the machine sees it: numbers only, in host form, without
 * ports (the host that owns the connection knows them) and without bytes (the
 * machine deals in sequence space; the socket layer holds the bytes).
 *
 * All sequence numbers are the raw, unsigned 32-bit ones.
 */
export interface Segment {
  /** SEG.SEQ: the sequence number of the first octet (of the SYN, if there is one). */
  seq: number;
  /** SEG.ACK; meaningful only with the ACK bit, kept either way. */
  ack: number;
  /** The eight control bits, see `Flag`. */
  flags: number;
  /** SEG.WND as it stands in the header: 0 to 65535. */
  window: number;
  /** SEG.UP: the urgent pointer as it stands in the header. */
  urgentPointer: number;
  /** Octets of text; SYN and FIN are not counted here (see `segmentLength`). */
  length: number;
  /** The value of the MSS option, or 0 where there is none (§3.7.1). */
  mss: number;
}

/** A segment with every field at zero, to be filled in. */
export function createSegment(): Segment {
  return { seq: 0, ack: 0, flags: 0, window: 0, urgentPointer: 0, length: 0, mss: 0 };
}

/** SEG.LEN of §3.4: the octets of text, and one each for SYN and FIN. */
export function segmentLength(segment: Segment): number {
  const syn = (segment.flags & Flag.SYN) !== 0 ? 1 : 0;
  const fin = (segment.flags & Flag.FIN) !== 0 ? 1 : 0;
  return segment.length + syn + fin;
}
