import { State } from "./state.ts";

/** What a timer's deadline holds while the timer is off. */
export const NEVER = -1;

/**
 * The transmission control block: everything that the machine knows of one
 * connection, as numbers under their RFC names (§3.3.1), so that it can be
 * copied, compared, and kept as a flat row. Sequence numbers are unsigned
 * 32-bit; times are microseconds; deadlines are `NEVER` while their timer is
 * off; what answers yes or no is 1 or 0.
 */
export interface Tcb {
  state: State;
  /** 1 where SYN-RECEIVED was reached from LISTEN (MUST-11). */
  passive: number;

  /** Initial send sequence number. */
  iss: number;
  /** Oldest sequence number that the peer has not acknowledged. */
  sndUna: number;
  /** Next sequence number to send. */
  sndNxt: number;
  /** The peer's window, counted from SND.UNA. */
  sndWnd: number;
  /** SEG.SEQ of the segment that last set SND.WND. */
  sndWl1: number;
  /** SEG.ACK of the segment that last set SND.WND. */
  sndWl2: number;
  /** MAX.SND.WND: the largest window that the peer ever offered (RFC 5961 §5). */
  sndMaxWnd: number;
  /** One past the last octet of text that the user has handed over. */
  sndEnd: number;
  /** Effective send MSS (§3.7.1). */
  sndMss: number;
  /** 1 once the user has closed: a FIN follows the last octet. */
  finQueued: number;
  /** 1 once that FIN has been sent. */
  finSent: number;

  /** Initial receive sequence number. */
  irs: number;
  /** Next sequence number expected. */
  rcvNxt: number;
  /** The window that we offer, counted from RCV.NXT. */
  rcvWnd: number;
  /** Room left for text; RCV.WND follows it in steps (§3.8.6.2.2). */
  rcvFree: number;
  /** Octets received in order since our last acknowledgment. */
  rcvUnacked: number;

  /** Retransmission timeout. */
  rtoUs: number;
  /** Smoothed round-trip time, 0 before the first sample. */
  srttUs: number;
  rttvarUs: number;
  /** The acknowledgment that ends the round trip being timed. */
  rttSeq: number;
  /** When that round trip began, or `NEVER` while none is timed. */
  rttSentUs: number;
  /** How often the segment at SND.UNA has been sent again. */
  retransmits: number;
  /** Since when the segment at SND.UNA has been waiting. */
  waitingSinceUs: number;

  /**
   * Deadline of the retransmission timer; of the zero-window probe while nothing is
   * outstanding.
   */
  retransmitAtUs: number;
  /** End of TIME-WAIT. */
  timeWaitAtUs: number;
  /** Deadline of a delayed acknowledgment. */
  ackAtUs: number;
  /** Deadline of the user timeout. */
  userTimeoutAtUs: number;
}

/** A TCB in CLOSED, all at rest. */
export function createTcb(): Tcb {
  return {
    state: State.CLOSED,
    passive: 0,
    iss: 0,
    sndUna: 0,
    sndNxt: 0,
    sndWnd: 0,
    sndWl1: 0,
    sndWl2: 0,
    sndMaxWnd: 0,
    sndEnd: 0,
    sndMss: 0,
    finQueued: 0,
    finSent: 0,
    irs: 0,
    rcvNxt: 0,
    rcvWnd: 0,
    rcvFree: 0,
    rcvUnacked: 0,
    rtoUs: 0,
    srttUs: 0,
    rttvarUs: 0,
    rttSeq: 0,
    rttSentUs: NEVER,
    retransmits: 0,
    waitingSinceUs: 0,
    retransmitAtUs: NEVER,
    timeWaitAtUs: NEVER,
    ackAtUs: NEVER,
    userTimeoutAtUs: NEVER,
  };
}
