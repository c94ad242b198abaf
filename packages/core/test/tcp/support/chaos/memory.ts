import {
  Flag,
  type Segment,
  State,
  seqAdd,
  seqDiff,
  seqLt,
  type TcpParams,
} from "@synfin/core/tcp";
import { arrival, type Moment } from "./happening.ts";

/** Text that came within the window at some time: [start, end). */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * What a bystander knows of one connection from its segments and calls alone:
 * kept by other code than the machine's, so that the two can disagree.
 */
export class Memory {
  readonly iss: number;
  /** One past the last octet that the user has handed over. */
  userEnd: number;
  /** One past the last urgent octet. */
  urgentEnd: number | undefined;
  closedByUser = false;
  /** Sequence number of our FIN, once it has been sent. */
  finSeq: number | undefined;
  /** What both SYNs agree on, and the largest segment that the peer's SYN asks for. */
  ourShift = 0;
  peerShift = 0;
  stamps = false;
  sack = false;
  peerMss = 0;
  peerScales = false;
  /** Where the peer's text begins, once its SYN is known. */
  textStart: number | undefined;
  /** The furthest right edges: of the peer's window, and of ours. */
  peerEdge: number | undefined;
  ourEdge: number | undefined;
  /** Octets given to the user, and octets that he has read. */
  taken = 0;
  read = 0;
  peerFinTaken = false;
  lastStamp: number | undefined;
  private readonly stretches: Stretch[] = [];

  constructor(iss: number) {
    this.iss = iss;
    this.userEnd = seqAdd(iss, 1);
  }

  /** Notes what a step says about the connection, before its answers are judged. */
  note(moment: Moment): void {
    this.noteCall(moment);
    const segment = arrival(moment);
    if (segment === undefined) return;
    if (this.textStart === undefined) this.noteSyn(moment, segment);
    if (this.textStart === undefined) return;
    this.noteText(segment);
    this.noteWindow(moment, segment);
  }

  private noteCall({ happening, result }: Moment): void {
    if (happening.kind === "receive") this.read += happening.length;
    if (result !== "ok") return;
    if (happening.kind === "close" || happening.kind === "close both") this.closedByUser = true;
    if (happening.kind !== "send") return;
    this.userEnd = seqAdd(this.userEnd, happening.length);
    if (happening.urgent) this.urgentEnd = this.userEnd;
  }

  /** The peer's SYN, if the connection has gone on because of it (RFC 7323 §2, §3; RFC 2018 §2). */
  private noteSyn({ state, before, after, params }: Moment, segment: Segment): void {
    const opening = state === State.SYN_SENT || state === State.LISTEN || state === State.TIME_WAIT;
    if (!opening || after.state < State.SYN_RECEIVED || (segment.flags & Flag.SYN) === 0) return;
    this.textStart = seqAdd(segment.seq, 1);
    // What our own SYN has offered counts from here.
    if (state === State.SYN_SENT) this.ourEdge = seqAdd(this.textStart, before.rcvWnd);
    this.peerScales = segment.windowScale >= 0;
    if (this.peerScales && params.windowScale >= 0) {
      this.peerShift = Math.min(14, segment.windowScale);
      this.ourShift = params.windowScale;
    }
    this.stamps = segment.hasTimestamps === 1 && params.timestamps === 1;
    this.sack = segment.sackPermitted === 1 && params.sack === 1;
    this.peerMss = leastMss(segment, params);
    this.peerEdge = seqAdd(
      (segment.flags & Flag.ACK) !== 0 ? segment.ack : this.iss,
      segment.window,
    );
  }

  private noteText({ seq, flags, length }: Segment): void {
    if (length === 0) return;
    const start = (flags & Flag.SYN) !== 0 ? seqAdd(seq, 1) : seq;
    this.stretches.push({ start, end: seqAdd(start, length) });
  }

  /** The window of a segment whose numbers the machine says it has gone by. */
  private noteWindow({ after }: Moment, { seq, ack, flags, window }: Segment): void {
    const crossed = (flags & Flag.SYN) !== 0 ? 1 : 0;
    if (after.sndWl1 !== seqAdd(seq, crossed) || after.sndWl2 !== ack) return;
    const edge = seqAdd(ack, crossed === 1 ? window : window * 2 ** this.peerShift);
    if (this.peerEdge === undefined || seqLt(this.peerEdge, edge)) this.peerEdge = edge;
  }

  /** Whether every octet of [left, right) has come in some segment. */
  hasCome(left: number, right: number): boolean {
    let reached = left;
    for (let more = true; more && seqLt(reached, right); ) {
      more = false;
      for (const { start, end } of this.stretches) {
        if (seqDiff(reached, start) < 0 || !seqLt(reached, end)) continue;
        reached = end;
        more = true;
      }
    }
    return !seqLt(reached, right);
  }
}

/** §3.7.1, and no less than 64: below that every octet would cost a segment. */
function leastMss({ mss }: Segment, params: TcpParams): number {
  return Math.min(params.mss, mss === 0 ? params.defaultMss : Math.max(64, mss));
}
