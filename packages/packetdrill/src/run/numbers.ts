import { seqAdd, seqDiff } from "@synfin/core/tcp";
import type { Ack, Seq } from "../ast.ts";

/**
 * How a script's sequence numbers and those on the wire belong together. The
 * script's peer has whatever initial sequence number the script gives it, so
 * its SYN is as written; the stack chooses its own. A SYN, and the ACK of a
 * SYN,ACK, are written as they are; everything else counts from the SYNs.
 */
export class Numbers {
  /** The initial sequence number of the stack under test, once it has sent one. */
  private localIss: number | undefined;
  /** What the script calls it. */
  private localScript = 0;
  private remoteIsn: number | undefined;

  /** As they are now: a segment's numbers are those of the time at which it was sent. */
  copy(): Numbers {
    const copy = new Numbers();
    copy.localIss = this.localIss;
    copy.localScript = this.localScript;
    copy.remoteIsn = this.remoteIsn;
    return copy;
  }

  /** The stack has sent a SYN. */
  localSyn(seq: number): void {
    if (this.localIss === seq) return;
    this.localIss = seq;
    this.localScript = 0;
  }

  /** The script writes the stack's SYN with this number. */
  localSynIs(seq: number): void {
    this.localScript = seq;
  }

  /** The script's peer has sent a SYN that counts. */
  remoteSyn(seq: number): void {
    this.remoteIsn = seq;
  }

  /** What to add to a number of the stack's, as a script writes it, to have it on the wire. */
  private localOffset(syn: boolean): number {
    if (this.localIss === undefined) return 0;
    return syn ? seqDiff(this.localIss, this.localScript) : this.localIss;
  }

  private remoteOffset(syn: boolean): number {
    return syn ? 0 : (this.remoteIsn ?? 0);
  }

  /** An inbound segment's own numbers on the wire. */
  inboundSeq(seq: Seq, syn: boolean): number {
    if (seq.type === "any") return this.remoteOffset(false);
    return seqAdd(seq.start, seq.absolute ? 0 : this.remoteOffset(syn));
  }

  /** The number of a segment of the stack's that an ICMP error quotes: a SYN while opening. */
  quotedSeq(seq: Seq, opening: boolean): number {
    if (seq.type === "any") return this.localOffset(false);
    return seqAdd(seq.start, seq.absolute ? 0 : this.localOffset(opening));
  }

  inboundAck(ack: Ack, syn: boolean): number {
    return seqAdd(ack.value, ack.absolute ? 0 : this.localOffset(syn));
  }

  inboundSack(edge: number): number {
    return seqAdd(edge, this.localOffset(false));
  }

  /** An outbound segment's numbers as a script writes them. */
  outboundSeq(seq: number, syn: boolean): number {
    return seqAdd(seq, -this.localOffset(syn));
  }

  outboundAck(ack: number, syn: boolean): number {
    return seqAdd(ack, -this.remoteOffset(syn));
  }

  outboundSack(edge: number): number {
    return seqAdd(edge, -this.remoteOffset(false));
  }
}
