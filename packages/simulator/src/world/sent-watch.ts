import { Flag, type Segment, segmentLength, seqAdd, seqLt } from "@synfin/core/tcp";

const SYN_ACK = Flag.SYN | Flag.ACK;

/** Which sequence numbers one end of a connection has sent already. */
export class SentWatch {
  #end: number | undefined;
  #sentSynAck = false;

  /** Whether all of these sequence numbers went out before; a first SYN,ACK after a SYN is new. */
  isAgain(segment: Readonly<Segment>): boolean {
    const length = segmentLength(segment);
    if (length === 0) return false;
    const end = seqAdd(segment.seq, length);
    const synAck = (segment.flags & SYN_ACK) === SYN_ACK;
    const firstSynAck = synAck && !this.#sentSynAck;
    if (synAck) this.#sentSynAck = true;
    const before = this.#end;
    if (before === undefined || seqLt(before, end)) this.#end = end;
    return before !== undefined && seqLt(segment.seq, before) && !firstSynAck;
  }
}
