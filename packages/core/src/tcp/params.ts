/**
 * What may differ between one TCP and another: sizes, times, and the named
 * departures from the letter of RFC 9293 §3.10.7. Times are microseconds.
 */
export interface TcpParams {
  /** Maximum segment lifetime; TIME-WAIT lasts twice this (§3.4.2: 2 minutes; MUST-13). */
  readonly mslUs: number;
  /** The retransmission timeout before the first sample (RFC 6298 §2.1: 1 s). */
  readonly initialRtoUs: number;
  /** The least retransmission timeout (RFC 6298 §2.4: 1 s). */
  readonly minRtoUs: number;
  /** The greatest retransmission timeout (RFC 6298 §2.5: at least 60 s). */
  readonly maxRtoUs: number;
  /** The timeout for data after a handshake whose SYN timed out (RFC 6298 §5.7: 3 s). */
  readonly rtoAfterLostSynUs: number;
  /** Clock granularity G of RFC 6298 §2. */
  readonly clockGranularityUs: number;
  /** Retransmissions of one segment after which the user hears of it (§3.8.3 R1: at least 3). */
  readonly r1Retransmissions: number;
  /** How long the same data may go unacknowledged (§3.8.3 R2: at least 100 s). */
  readonly r2Us: number;
  /** The same for a SYN (MUST-23: at least 180 s). */
  readonly synR2Us: number;
  /** An active OPEN fails when R2 is over, not at the next retransmission (FreeBSD). 1 or 0. */
  readonly synR2Exact: number;
  /** The same for the SYN,ACK of a passive OPEN: how long a connection may be half-open. */
  readonly synAckR2Us: number;
  /** What a SYN comes to where half-open connections fill the backlog, see `SynQueueFull`. */
  readonly synQueueFull: number;
  /** An ACK that would end a handshake at a full accept queue draws a RST. 1 or 0. */
  readonly acceptOverflowResets: number;
  /** The user timeout of OPEN and SEND (§3.9.1.1: 5 minutes); 0 for none. */
  readonly userTimeoutUs: number;
  /** The largest segment that we can receive, sent as our MSS option (§3.7.1). */
  readonly mss: number;
  /** What we assume where the peer sends no MSS option (MUST-15: 536 for IPv4, 1220 for IPv6). */
  readonly defaultMss: number;
  /** Room for text that the user has not read yet, in octets. */
  readonly receiveBuffer: number;
  /** The shift count of our window scale option, 0 to 14, or −1 for none (RFC 7323 §2). */
  readonly windowScale: number;
  /** Timestamps and PAWS (RFC 7323 §3 to §5). 1 or 0. */
  readonly timestamps: number;
  /** What one tick of our timestamp clock lasts (RFC 7323 §5.4: 1 ms to 1 s). */
  readonly timestampTickUs: number;
  /** SACK-permitted, and SACK blocks for what is held out of order (RFC 2018). 1 or 0. */
  readonly sack: number;
  /** How options are arranged, see `OptionLayout`. */
  readonly optionLayout: number;
  /** Segments of the initial congestion window; 0 for RFC 5681's two to four. */
  readonly initialWindow: number;
  /** Nagle's algorithm is on unless the user turns it off (§3.7.4, SHLD-7). 1 or 0. */
  readonly nagle: number;
  /** Keep-alive, where the user turns it on: idle time (MUST-28: at least 2 hours) … */
  readonly keepAliveIdleUs: number;
  /** … then one probe each … */
  readonly keepAliveIntervalUs: number;
  /** … and so many without an answer end the connection (MUST-29: more than one). */
  readonly keepAliveProbes: number;
  /** How many challenge ACKs a connection sends … (RFC 5961 §7; 0 for no limit) */
  readonly challengeAcks: number;
  /** … within this time. */
  readonly challengeWindowUs: number;
  /** An option of illegal length (MUST-7): 1 resets the connection, 0 drops the segment. */
  readonly badOptionResets: number;
  /** An orphan, closed by its user both ways, leaves FIN-WAIT-2 after this; 0 for never. */
  readonly orphanFinWait2Us: number;
  /**
   * R2 of an orphan (§3.8.3): no user waits for what it still has to send, so
   * a system may give it up sooner. 0 for the same as any connection's.
   */
  readonly orphanR2Us: number;
  /** Text that arrives after the user has closed both ways draws a RST (SHLD-3). 1 or 0. */
  readonly resetAfterClose: number;
  /** TIME-WAIT takes a new SYN (MAY-2, RFC 6191). 1 or 0. */
  readonly timeWaitTakesSyn: number;
  /**
   * A SYN that TIME-WAIT does not take is dropped in silence (RFC 6191), not
   * challenged (RFC 5961). 1 or 0.
   */
  readonly timeWaitSilent: number;
  /**
   * A hard ICMP error ends a synchronized connection, too (SHLD-26; RFC 5927
   * §4 advises not to). 1 or 0.
   */
  readonly icmpHardAborts: number;
  /**
   * The user timeout that our option announces on the SYN (RFC 5482), in
   * seconds; 0 for no option.
   */
  readonly advertisedUserTimeout: number;
  /** The upper limit that we let the peer's user timeout raise ours to (RFC 5482 U_LIMIT). */
  readonly userTimeoutLimitUs: number;
  /** So many retransmissions of a SYN keep the first interval before it doubles (Linux 6.5: 4). */
  readonly synLinear: number;
  /** A listener keeps the text of a SYN until the handshake is done (§3.10.7.2). 1 or 0. */
  readonly listenKeepsText: number;
  /** A FIN on a SYN is kept like its text (§3.10.7.3). 1 or 0. */
  readonly synKeepsFin: number;
  /** A SYN,ACK for a listener is dropped in silence instead of reset (FreeBSD). 1 or 0. */
  readonly listenDropsSynAck: number;
  /** A segment with both SYN and FIN is dropped in every state (FreeBSD's drop_synfin). 1 or 0. */
  readonly dropSynFin: number;
  /** What fits the buffer is in the window, even if the field cannot say so (FreeBSD). 1 or 0. */
  readonly acceptsUnoffered: number;
  /** A SYN in the window draws `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=RST,ACK>` (FreeBSD). 1 or 0. */
  readonly synResetCarriesAck: number;
  /** The receive buffer grows to a whole number of segments once established (FreeBSD). 1 or 0. */
  readonly receiveBufferRounds: number;
  /** Added to every retransmission timeout after the first (FreeBSD's rexmit_slop). */
  readonly rtoSlopUs: number;
  /** How long an acknowledgment may wait for company (MUST-40: under 0.5 s); 0 for no wait. */
  readonly delayedAckUs: number;
  /** RFC 5961 §3 and §4: challenge ACKs for a RST or SYN that may be forged. 1 or 0. */
  readonly rfc5961: number;
  /** RFC 1337 F1: TIME-WAIT ignores RST. 1 or 0. */
  readonly rfc1337: number;
  /**
   * Departure: a retransmitted FIN in TIME-WAIT is acknowledged and restarts
   * 2MSL. By the letter it fails the acceptability test of the first step, is
   * acknowledged, and never reaches the eighth step, which restarts it. 1 or 0.
   */
  readonly oldFinRestartsTimeWait: number;
  /**
   * Departure: the SYN,ACK that crosses ours in a simultaneous open begins
   * before RCV.NXT; its SYN is trimmed and its ACK is processed. By the letter
   * it draws a bare ACK and Figure 7 does not come out (RFC 9293 App. A.2). 1 or 0.
   */
  readonly trimCrossedSyn: number;
}

/** What becomes of a SYN for a listener that has no room for another half-open connection. */
export const SynQueueFull = {
  /** It is dropped; its sender will try again. */
  DROP: 0,
  /** It takes the place of the oldest half-open connection (RFC 4987 §3.4). */
  REPLACE: 1,
  /** It is answered with a SYN cookie, and not remembered (RFC 4987 §3.6). */
  COOKIE: 2,
} as const;

export type SynQueueFull = (typeof SynQueueFull)[keyof typeof SynQueueFull];

const SECOND = 1_000_000;

/** RFC 9293 with the numbers that it and RFC 6298 name. */
export const RFC9293: TcpParams = {
  mslUs: 120 * SECOND,
  initialRtoUs: 1 * SECOND,
  minRtoUs: 1 * SECOND,
  maxRtoUs: 60 * SECOND,
  rtoAfterLostSynUs: 3 * SECOND,
  clockGranularityUs: 1,
  r1Retransmissions: 3,
  r2Us: 100 * SECOND,
  synR2Us: 180 * SECOND,
  synR2Exact: 0,
  synAckR2Us: 180 * SECOND,
  synQueueFull: SynQueueFull.DROP,
  acceptOverflowResets: 0,
  userTimeoutUs: 300 * SECOND,
  mss: 1460,
  defaultMss: 536,
  receiveBuffer: 65535,
  windowScale: -1,
  timestamps: 0,
  timestampTickUs: 1000,
  sack: 0,
  optionLayout: 0,
  initialWindow: 0,
  nagle: 1,
  keepAliveIdleUs: 7200 * SECOND,
  keepAliveIntervalUs: 75 * SECOND,
  keepAliveProbes: 9,
  challengeAcks: 10,
  challengeWindowUs: 5 * SECOND,
  badOptionResets: 0,
  orphanFinWait2Us: 0,
  orphanR2Us: 0,
  resetAfterClose: 1,
  timeWaitTakesSyn: 1,
  timeWaitSilent: 0,
  icmpHardAborts: 1,
  advertisedUserTimeout: 0,
  userTimeoutLimitUs: 3600 * SECOND,
  synLinear: 0,
  listenKeepsText: 1,
  synKeepsFin: 1,
  listenDropsSynAck: 0,
  dropSynFin: 0,
  acceptsUnoffered: 0,
  synResetCarriesAck: 0,
  receiveBufferRounds: 0,
  rtoSlopUs: 0,
  delayedAckUs: 0,
  rfc5961: 1,
  rfc1337: 0,
  oldFinRestartsTimeWait: 1,
  trimCrossedSyn: 1,
};

/** What a parameter may be: integers, both bounds included. */
export interface ParamBounds {
  readonly min: number;
  readonly max: number;
}

const MS = 1000;
const HOUR = 3600 * SECOND;
const SWITCH: ParamBounds = { min: 0, max: 1 };

/** The bounds of every parameter. */
export const PARAM_BOUNDS: Readonly<Record<keyof TcpParams, ParamBounds>> = {
  mslUs: { min: 1, max: HOUR },
  initialRtoUs: { min: MS, max: HOUR },
  minRtoUs: { min: MS, max: HOUR },
  maxRtoUs: { min: MS, max: HOUR },
  rtoAfterLostSynUs: { min: MS, max: HOUR },
  clockGranularityUs: { min: 1, max: SECOND },
  r1Retransmissions: { min: 1, max: 100 },
  r2Us: { min: 1, max: 24 * HOUR },
  synR2Us: { min: 1, max: 24 * HOUR },
  synR2Exact: SWITCH,
  synAckR2Us: { min: 1, max: 24 * HOUR },
  synQueueFull: { min: 0, max: 2 },
  acceptOverflowResets: SWITCH,
  userTimeoutUs: { min: 0, max: 24 * HOUR },
  mss: { min: 64, max: 65495 },
  defaultMss: { min: 64, max: 65495 },
  receiveBuffer: { min: 1, max: 0x3fff_ffff },
  windowScale: { min: -1, max: 14 },
  timestamps: SWITCH,
  timestampTickUs: { min: 1000, max: SECOND },
  sack: SWITCH,
  optionLayout: SWITCH,
  initialWindow: { min: 0, max: 100 },
  nagle: SWITCH,
  keepAliveIdleUs: { min: 1, max: 24 * HOUR },
  keepAliveIntervalUs: { min: 1, max: HOUR },
  keepAliveProbes: { min: 2, max: 100 },
  challengeAcks: { min: 0, max: 1_000_000 },
  challengeWindowUs: { min: 1, max: HOUR },
  badOptionResets: SWITCH,
  orphanFinWait2Us: { min: 0, max: HOUR },
  orphanR2Us: { min: 0, max: 24 * HOUR },
  resetAfterClose: SWITCH,
  timeWaitTakesSyn: SWITCH,
  timeWaitSilent: SWITCH,
  icmpHardAborts: SWITCH,
  advertisedUserTimeout: { min: 0, max: 0x7fff },
  userTimeoutLimitUs: { min: 1, max: 24 * HOUR },
  synLinear: { min: 0, max: 100 },
  listenKeepsText: SWITCH,
  synKeepsFin: SWITCH,
  listenDropsSynAck: SWITCH,
  dropSynFin: SWITCH,
  acceptsUnoffered: SWITCH,
  synResetCarriesAck: SWITCH,
  receiveBufferRounds: SWITCH,
  rtoSlopUs: { min: 0, max: SECOND },
  // MUST-40: less than half a second.
  delayedAckUs: { min: 0, max: SECOND / 2 - 1 },
  rfc5961: SWITCH,
  rfc1337: SWITCH,
  oldFinRestartsTimeWait: SWITCH,
  trimCrossedSyn: SWITCH,
};

/**
 * Why a value cannot be this parameter, in one line with the bounds, or
 * undefined where it can.
 */
export function paramProblem(name: string, value: unknown): string | undefined {
  const known = Object.keys(PARAM_BOUNDS) as (keyof TcpParams)[];
  const key = known.find((candidate) => candidate === name);
  if (key === undefined) return `"${name}" is no parameter; there are ${known.join(", ")}`;
  const { min, max } = PARAM_BOUNDS[key];
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) {
    return undefined;
  }
  return `${name} is ${JSON.stringify(value)}, but it should be an integer from ${min} to ${max}`;
}
