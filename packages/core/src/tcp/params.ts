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
  /** The user timeout of OPEN and SEND (§3.9.1.1: 5 minutes); 0 for none. */
  readonly userTimeoutUs: number;
  /** The largest segment that we can receive, sent as our MSS option (§3.7.1). */
  readonly mss: number;
  /** What we assume where the peer sends no MSS option (MUST-15: 536 for IPv4, 1220 for IPv6). */
  readonly defaultMss: number;
  /** Room for text that the user has not read yet: 1 to 65535 octets. */
  readonly receiveBuffer: number;
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
  userTimeoutUs: 300 * SECOND,
  mss: 1460,
  defaultMss: 536,
  receiveBuffer: 65535,
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

const HOUR = 3600 * SECOND;
const SWITCH: ParamBounds = { min: 0, max: 1 };

/** The bounds of every parameter. */
export const PARAM_BOUNDS: Readonly<Record<keyof TcpParams, ParamBounds>> = {
  mslUs: { min: 1, max: HOUR },
  initialRtoUs: { min: 1, max: HOUR },
  minRtoUs: { min: 1, max: HOUR },
  maxRtoUs: { min: 1, max: HOUR },
  rtoAfterLostSynUs: { min: 1, max: HOUR },
  clockGranularityUs: { min: 1, max: SECOND },
  r1Retransmissions: { min: 1, max: 100 },
  r2Us: { min: 1, max: 24 * HOUR },
  synR2Us: { min: 1, max: 24 * HOUR },
  userTimeoutUs: { min: 0, max: 24 * HOUR },
  mss: { min: 64, max: 65495 },
  defaultMss: { min: 64, max: 65495 },
  receiveBuffer: { min: 1, max: 65535 },
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
