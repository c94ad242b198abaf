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
  /** 1 once our SYN has been acknowledged. After 2³² octets SND.UNA passes ISS again. */
  synAcked: number;
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
  /** 1 where the user has turned Nagle's algorithm off (MUST-17). */
  noDelay: number;
  /** SND.UP: one past the last urgent octet; meaningful while `sndUrgent` is 1. */
  sndUp: number;
  sndUrgent: number;
  /** 1 where both SYNs carried the window scale option (RFC 7323 §2.2). */
  scaleOk: number;
  /** Snd.Wind.Shift: how far the peer's window field is to be shifted (RFC 7323 §2). */
  sndScale: number;

  /** Initial receive sequence number. */
  irs: number;
  /** Next sequence number expected. */
  rcvNxt: number;
  /** The window that we offer, counted from RCV.NXT. */
  rcvWnd: number;
  /** The receive buffer: room for so much text that the user has not read yet. */
  rcvBuf: number;
  /** Room left for text; RCV.WND follows it in steps (§3.8.6.2.2). */
  rcvFree: number;
  /** Octets received in order since our last acknowledgment. */
  rcvUnacked: number;
  /** Rcv.Wind.Shift: how far our own window field is shifted. */
  rcvScale: number;
  /** RCV.UP: one past the last urgent octet; meaningful while `rcvUrgent` is 1. */
  rcvUp: number;
  rcvUrgent: number;
  /** 1 where the user has closed both ways: no one will read what arrives. */
  orphan: number;

  /** 1 where SACK blocks may be sent. */
  sackOk: number;
  /** Stretches held out of order, the most recent first: 0 to 4 of [left, right). */
  heldCount: number;
  heldLeft1: number;
  heldRight1: number;
  heldLeft2: number;
  heldRight2: number;
  heldLeft3: number;
  heldRight3: number;
  heldLeft4: number;
  heldRight4: number;
  /** 1 where the peer's FIN has come before what precedes it. */
  heldFin: number;
  heldFinSeq: number;

  /** 1 where every segment carries timestamps. */
  tsOk: number;
  /** TS.Recent: what we echo, and since when we have it. */
  tsRecent: number;
  tsRecentAtUs: number;
  /** Last.ACK.sent of RFC 7323 §4.3. */
  lastAckSent: number;
  /** Where our timestamp clock starts, so that it tells no one our uptime. */
  tsOffset: number;

  /** Congestion window, in octets (RFC 5681). */
  cwnd: number;
  ssthresh: number;
  dupAcks: number;
  /** SND.NXT when the last loss was seen; what is acknowledged beyond it is news (RFC 6582). */
  recover: number;
  /** 1 during fast recovery, 2 after its first partial acknowledgment, 0 otherwise. */
  fastRecovery: number;
  /** After a timeout: up to where we have sent again; SND.NXT otherwise. */
  rexmitNxt: number;

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
  /** R2 of this connection (MUST-21). */
  r2Us: number;
  /** The user timeout in force, 0 for none. */
  userTimeoutUs: number;
  /** 1 where the user has turned keep-alive on (MUST-24). */
  keepAlive: number;
  /** Keep-alive probes since the peer was last heard. */
  keepAliveProbes: number;
  /** Challenge ACKs sent since `challengeSinceUs` (RFC 5961 §7). */
  challenges: number;
  challengeSinceUs: number;

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
  /** When the next keep-alive probe is due. */
  keepAliveAtUs: number;
  /** When an orphan leaves FIN-WAIT-2. */
  finWait2AtUs: number;
}

/** A TCB in CLOSED, all at rest. */
export function createTcb(): Tcb {
  return {
    state: State.CLOSED,
    passive: 0,
    iss: 0,
    synAcked: 0,
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
    noDelay: 0,
    sndUp: 0,
    sndUrgent: 0,
    scaleOk: 0,
    sndScale: 0,
    irs: 0,
    rcvNxt: 0,
    rcvWnd: 0,
    rcvBuf: 0,
    rcvFree: 0,
    rcvUnacked: 0,
    rcvScale: 0,
    rcvUp: 0,
    rcvUrgent: 0,
    orphan: 0,
    sackOk: 0,
    heldCount: 0,
    heldLeft1: 0,
    heldRight1: 0,
    heldLeft2: 0,
    heldRight2: 0,
    heldLeft3: 0,
    heldRight3: 0,
    heldLeft4: 0,
    heldRight4: 0,
    heldFin: 0,
    heldFinSeq: 0,
    tsOk: 0,
    tsRecent: 0,
    tsRecentAtUs: 0,
    lastAckSent: 0,
    tsOffset: 0,
    cwnd: 0,
    ssthresh: 0,
    dupAcks: 0,
    recover: 0,
    fastRecovery: 0,
    rexmitNxt: 0,
    rtoUs: 0,
    srttUs: 0,
    rttvarUs: 0,
    rttSeq: 0,
    rttSentUs: NEVER,
    retransmits: 0,
    waitingSinceUs: 0,
    r2Us: 0,
    userTimeoutUs: 0,
    keepAlive: 0,
    keepAliveProbes: 0,
    challenges: 0,
    challengeSinceUs: 0,
    retransmitAtUs: NEVER,
    timeWaitAtUs: NEVER,
    ackAtUs: NEVER,
    userTimeoutAtUs: NEVER,
    keepAliveAtUs: NEVER,
    finWait2AtUs: NEVER,
  };
}

/**
 * Puts a TCB back to what `createTcb` gives, all but `tsOffset`, which the host
 * has chosen. In straight lines: a copy of all fields in a loop over their
 * names costs more than a whole handshake does.
 */
export function resetTcb(tcb: Tcb): void {
  tcb.state = State.CLOSED;
  tcb.passive = 0;
  resetSending(tcb);
  resetReceiving(tcb);
  resetHeld(tcb);
  resetCongestion(tcb);
  resetTimers(tcb);
}

function resetSending(tcb: Tcb): void {
  tcb.iss = 0;
  tcb.synAcked = 0;
  tcb.sndUna = 0;
  tcb.sndNxt = 0;
  tcb.sndWnd = 0;
  tcb.sndWl1 = 0;
  tcb.sndWl2 = 0;
  tcb.sndMaxWnd = 0;
  tcb.sndEnd = 0;
  tcb.sndMss = 0;
  tcb.finQueued = 0;
  tcb.finSent = 0;
  tcb.noDelay = 0;
  tcb.sndUp = 0;
  tcb.sndUrgent = 0;
  tcb.scaleOk = 0;
  tcb.sndScale = 0;
}

function resetReceiving(tcb: Tcb): void {
  tcb.irs = 0;
  tcb.rcvNxt = 0;
  tcb.rcvWnd = 0;
  tcb.rcvBuf = 0;
  tcb.rcvFree = 0;
  tcb.rcvUnacked = 0;
  tcb.rcvScale = 0;
  tcb.rcvUp = 0;
  tcb.rcvUrgent = 0;
  tcb.orphan = 0;
  tcb.tsOk = 0;
  tcb.tsRecent = 0;
  tcb.tsRecentAtUs = 0;
  tcb.lastAckSent = 0;
}

function resetHeld(tcb: Tcb): void {
  tcb.sackOk = 0;
  tcb.heldCount = 0;
  tcb.heldLeft1 = 0;
  tcb.heldRight1 = 0;
  tcb.heldLeft2 = 0;
  tcb.heldRight2 = 0;
  tcb.heldLeft3 = 0;
  tcb.heldRight3 = 0;
  tcb.heldLeft4 = 0;
  tcb.heldRight4 = 0;
  tcb.heldFin = 0;
  tcb.heldFinSeq = 0;
}

function resetCongestion(tcb: Tcb): void {
  tcb.cwnd = 0;
  tcb.ssthresh = 0;
  tcb.dupAcks = 0;
  tcb.recover = 0;
  tcb.fastRecovery = 0;
  tcb.rexmitNxt = 0;
}

function resetTimers(tcb: Tcb): void {
  tcb.rtoUs = 0;
  tcb.srttUs = 0;
  tcb.rttvarUs = 0;
  tcb.rttSeq = 0;
  tcb.rttSentUs = NEVER;
  tcb.retransmits = 0;
  tcb.waitingSinceUs = 0;
  tcb.r2Us = 0;
  tcb.userTimeoutUs = 0;
  tcb.keepAlive = 0;
  tcb.keepAliveProbes = 0;
  tcb.challenges = 0;
  tcb.challengeSinceUs = 0;
  tcb.retransmitAtUs = NEVER;
  tcb.timeWaitAtUs = NEVER;
  tcb.ackAtUs = NEVER;
  tcb.userTimeoutAtUs = NEVER;
  tcb.keepAliveAtUs = NEVER;
  tcb.finWait2AtUs = NEVER;
}
