import type { TraceSegment } from "../trace/trace.ts";

/** What sets off the segments of one end in one moment. */
export interface Prompt {
  /** An acknowledgment came: of something new, or of nothing new. */
  readonly heardAck?: "new" | "old";
  /** Text or a FIN came. */
  readonly text?: true;
  /** … and something before it is missing. */
  readonly gap?: true;
  /** A probe came that only asks whether we are still there (§3.8.4). */
  readonly keepAlive?: true;
  /** What came may be forged, and draws a challenge ACK (RFC 5961 §3 to §5). */
  readonly challenge?: "RST" | "SYN" | "ACK";
}

/** What a sender sends again after. */
export const After = { NOTHING: 0, LOSS: 1, TIMEOUT: 2 } as const;
export type After = (typeof After)[keyof typeof After];

/**
 * One end of a connection as its segments show it: as much of its TCB as an
 * onlooker can reconstruct from what it sends and hears.
 */
export class TcpEnd {
  /** The acknowledgment that it sent last. */
  lastAck: number | undefined;
  /** How many duplicates of that it has sent. */
  duplicates = 0;
  recovery: After = After.NOTHING;
  /** What it heard last opened a window that had been shut. */
  hasOpened = false;
  #recoveryEnd = 0;
  /** SND.UNA and the end of what it has sent; absent before its SYN. */
  #una: number | undefined;
  #sentEnd = 0;
  #synAcked = false;
  /** Its own shift count and the peer's, as their SYNs offer them. */
  #ownShift: number | undefined;
  #peerShift: number | undefined;
  #lastOffer = 0;
  #peerWindow = 0;
  #peerMaxWindow = 0;

  /** Takes note of what this end sends. */
  sends(segment: TraceSegment): void {
    const { seq, ack, length, flags } = segment;
    if (flags.includes("RST")) return;
    const end = (seq + length + Number(flags.includes("SYN")) + Number(flags.includes("FIN"))) | 0;
    if (flags.includes("SYN") && !segment.retransmission) this.#begin(segment);
    if (before(this.#sentEnd, end)) this.#sentEnd = end;
    if (!flags.includes("ACK")) return;
    const pure = length === 0 && !flags.includes("SYN") && !flags.includes("FIN");
    this.duplicates = ack === this.lastAck ? this.duplicates + Number(pure) : 0;
    this.lastAck = ack;
    this.#lastOffer = this.offers(segment);
  }

  #begin(segment: TraceSegment): void {
    // Its own SYN without an ACK begins anew; one with an ACK has heard the peer before.
    if (!segment.flags.includes("ACK")) {
      this.#peerShift = undefined;
      this.lastAck = undefined;
    }
    this.#una = segment.seq;
    this.#sentEnd = segment.seq | 0;
    this.#synAcked = false;
    this.#ownShift = shiftOf(segment);
    this.#peerMaxWindow = 0;
    this.recovery = After.NOTHING;
  }

  /** Takes note of what reaches this end. @returns what it asks for. */
  hears(segment: TraceSegment, mayTakeSyn: boolean): Prompt {
    const { flags, length, seq, ack } = segment;
    this.hasOpened = false;
    if (flags.includes("RST")) return { challenge: "RST" };
    if (flags.includes("SYN")) {
      if (!mayTakeSyn) return { challenge: "SYN" };
      this.#peerShift = shiftOf(segment);
    }
    if (!flags.includes("ACK")) return {};
    if (this.#una !== undefined && !this.#isPlausible(ack)) return { challenge: "ACK" };
    const heardAck = this.#acknowledged(segment);
    if (length > 0 || flags.includes("FIN")) {
      const isAhead = this.lastAck !== undefined && before(this.lastAck, seq);
      return isAhead ? { heardAck, text: true, gap: true } : { heardAck, text: true };
    }
    const asks = this.lastAck !== undefined && ((seq - this.lastAck) | 0) === -1;
    return asks ? { heardAck, keepAlive: true } : { heardAck };
  }

  /** RFC 5961 §5: not of what was never sent, nor older than any window that was offered. */
  #isPlausible(ack: number): boolean {
    const una = this.#una ?? ack;
    return !before(this.#sentEnd, ack) && !before(ack, una - this.#peerMaxWindow);
  }

  #acknowledged(segment: TraceSegment): "new" | "old" {
    const isNew = this.#una !== undefined && before(this.#una, segment.ack);
    if (isNew) {
      this.#una = segment.ack;
      this.#synAcked = true;
      if (!before(segment.ack, this.#recoveryEnd)) this.recovery = After.NOTHING;
    }
    const window = this.#scaled(segment, this.#peerShift);
    this.hasOpened = this.#peerWindow === 0 && window > 0;
    this.#peerWindow = window;
    this.#peerMaxWindow = Math.max(this.#peerMaxWindow, window);
    return isNew ? "new" : "old";
  }

  /** What is outstanding now is in doubt, until all of it is acknowledged. */
  beginRecovery(after: After): void {
    this.recovery = after;
    this.#recoveryEnd = this.#sentEnd;
  }

  /** Whether the peer has said that it has no room for this. */
  facesShutWindow({ flags }: TraceSegment): boolean {
    return this.#synAcked && this.#peerWindow === 0 && !flags.includes("SYN");
  }

  /** An empty segment with a number that the peer has acknowledged already (SHLD-12). */
  isKeepAlive({ seq, length }: TraceSegment): boolean {
    return this.#synAcked && length === 0 && ((seq - this.#sentEnd) | 0) === -1;
  }

  /** The window that a segment of this end offers, in octets. */
  offers(segment: TraceSegment): number {
    return this.#scaled(segment, this.#ownShift);
  }

  offersMore(segment: TraceSegment): boolean {
    return this.offers(segment) > this.#lastOffer;
  }

  /** 2 to the shift count of this end's windows; 1 where not both have offered one. */
  get scale(): number {
    return this.#factor(this.#ownShift);
  }

  /** The window of a SYN is never scaled (RFC 7323 §2.2). */
  #scaled({ window, flags }: TraceSegment, shift: number | undefined): number {
    return flags.includes("SYN") ? window : window * this.#factor(shift);
  }

  #factor(shift: number | undefined): number {
    const both = this.#ownShift !== undefined && this.#peerShift !== undefined;
    // RFC 7323 §2.3: never more than 14.
    return both && shift !== undefined ? 1 << Math.min(shift, 14) : 1;
  }
}

function shiftOf({ options }: TraceSegment): number | undefined {
  return options.find(({ name }) => name === "window-scale")?.value;
}

/** Whether `a` comes before `b` in sequence space. */
function before(a: number, b: number): boolean {
  return ((a - b) | 0) < 0;
}
